/*
 * A proxy between the command and a server, that ends a connection at a chosen statement: a process
 * of its own on a unix socket, which reads PostgreSQL's protocol (3.0) just as far as needed.
 */
#ifndef AG_TESTS_PG_PROXY_H
#define AG_TESTS_PG_PROXY_H

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

typedef enum pg_cut {
    PG_CUT_BEFORE,             /* the server never hears of the statement */
    PG_CUT_AFTER,              /* the server has done it, the client never hears of that */
    PG_CUT_DURING,             /* the server goes on with it while the client is gone */
    N_PG_CUTS,                 /* those in which the client may be killed */
    PG_END_BEFORE = N_PG_CUTS, /* the server ends the session, and says so, before the statement */
    PG_END_DURING,             /* …while it runs it */
    N_PG_MOMENTS,
} pg_cut;

/** Shared with the process of the proxy. */
typedef struct pg_proxy_state {
    int cut_at;     /**< the statement, from 1; 0 = never. */
    pg_cut cut;     /**< the moment. */
    pid_t client;   /**< is killed at that moment; 0 = its connection is lost instead. */
    int n_seen;     /**< statements so far. */
    int is_cut;     /**< that moment has come. */
    char last[200]; /**< the statement at which it came. */
} pg_proxy_state;

typedef struct pg_proxy {
    pg_proxy_state *state;
    char folder[64];
    pid_t pid;
} pg_proxy;

/* One connection: what the client has sent and was not passed on yet. */
typedef struct pg_pipe {
    int client, server;
    pid_t backend; /* the server's process, once it has said so */
    bool has_started;
    size_t n;
    char *bytes;
} pg_pipe;

enum { PG_PIPES = 8, PG_PIPE_SIZE = 1 << 20 };

static inline void pg_pipe_close(pg_pipe *pipe) {
    if (pipe->client >= 0) {
        (void)close(pipe->client);
        (void)close(pipe->server);
        pipe->client = pipe->server = -1;
    }
}

static inline bool pg_send_all(int fd, const char *bytes, size_t n) {
    while (n > 0) {
        ssize_t sent = send(fd, bytes, n, MSG_NOSIGNAL);
        if (sent <= 0) {
            return false;
        }
        bytes += sent;
        n -= (size_t)sent;
    }
    return true;
}

static inline size_t pg_length_at(const char *p) {
    const unsigned char *u = (const unsigned char *)p;
    return (size_t)u[0] << 24 | (size_t)u[1] << 16 | (size_t)u[2] << 8 | u[3];
}

/* Reads the server's answers up to "ready for query". */
static inline void pg_await_ready(int server) {
    static char body[PG_PIPE_SIZE];
    char head[5];
    while (recv(server, head, sizeof head, MSG_WAITALL) == (ssize_t)sizeof head) {
        size_t left = pg_length_at(head + 1) - 4;
        while (left > 0) {
            ssize_t n = recv(server, body, left < sizeof body ? left : sizeof body, 0);
            if (n <= 0) {
                return;
            }
            left -= (size_t)n;
        }
        if (head[0] == 'Z') {
            return;
        }
    }
}

/* In the first answer of the server: its message K. */
static inline pid_t pg_find_backend(const char *bytes, size_t n) {
    for (size_t at = 0; at + 9 <= n; at += 1 + pg_length_at(bytes + at + 1)) {
        if (bytes[at] == 'K') {
            return (pid_t)pg_length_at(bytes + at + 5);
        }
    }
    return 0;
}

static inline bool pg_from_server(pg_pipe *pipe) {
    static char bytes[65536];
    ssize_t n = recv(pipe->server, bytes, sizeof bytes, 0);
    if (n > 0 && pipe->backend == 0) {
        pipe->backend = pg_find_backend(bytes, (size_t)n);
    }
    return n > 0 && pg_send_all(pipe->client, bytes, (size_t)n);
}

/* As pg_terminate_backend() does; what the server still has to say is passed on. */
static inline void pg_end_session(pg_pipe *pipe) {
    if (pipe->backend <= 0) {
        abort();
    }
    (void)kill(pipe->backend, SIGTERM);
    while (pg_from_server(pipe)) {
    }
}

static inline void pg_strike(pg_proxy_state *state, pg_pipe *pipe, const char *rest, size_t n) {
    const char *text = rest[0] == 'P' ? rest + 5 + strlen(rest + 5) + 1 : rest + 5;
    (void)snprintf(state->last, sizeof state->last, "%s", text);
    if (state->cut != PG_CUT_BEFORE && state->cut != PG_END_BEFORE) {
        (void)pg_send_all(pipe->server, rest, n);
    }
    if (state->cut == PG_CUT_AFTER) {
        pg_await_ready(pipe->server);
    }
    state->is_cut = 1; /* before anybody can know by the end of the client */
    if (state->cut >= PG_END_BEFORE) {
        pg_end_session(pipe);
    }
    if (state->client > 0) {
        (void)kill(state->client, SIGKILL);
    }
    pg_pipe_close(pipe);
}

/* Passes whole messages on; false when the connection was ended. */
static inline bool pg_pass_messages(pg_proxy_state *state, pg_pipe *pipe) {
    size_t at = 0;
    while (pipe->n - at >= 5) {
        const char *message = pipe->bytes + at;
        size_t head = pipe->has_started ? 1 : 0;
        size_t size = head + pg_length_at(message + head);
        if (pipe->n - at < size) {
            break;
        }
        bool is_statement = pipe->has_started && (message[0] == 'Q' || message[0] == 'P');
        if (is_statement && ++state->n_seen == state->cut_at) {
            pg_strike(state, pipe, message, pipe->n - at);
            return false;
        }
        pipe->has_started = true;
        if (!pg_send_all(pipe->server, message, size)) {
            return false;
        }
        at += size;
    }
    memmove(pipe->bytes, pipe->bytes + at, pipe->n - at);
    pipe->n -= at;
    return true;
}

static inline bool pg_from_client(pg_proxy_state *state, pg_pipe *pipe) {
    ssize_t n = recv(pipe->client, pipe->bytes + pipe->n, PG_PIPE_SIZE - pipe->n, 0);
    pipe->n += n > 0 ? (size_t)n : 0;
    return n > 0 && pg_pass_messages(state, pipe);
}

static inline int pg_socket(const char *folder, bool is_server) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    (void)snprintf(address.sun_path, sizeof address.sun_path, "%s/.s.PGSQL.5432", folder);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const struct sockaddr *any = (const struct sockaddr *)&address;
    int failed = is_server ? bind(fd, any, sizeof address) != 0 || listen(fd, PG_PIPES) != 0
                           : connect(fd, any, sizeof address) != 0;
    if (failed) {
        (void)close(fd);
        return -1;
    }
    return fd;
}

static inline void pg_proxy_accept(int listener, const char *server, pg_pipe *pipes) {
    int client = accept(listener, NULL, NULL);
    for (size_t i = 0; i < PG_PIPES && client >= 0; i++) {
        if (pipes[i].client < 0) {
            pipes[i].client = client;
            pipes[i].server = pg_socket(server, false);
            pipes[i].backend = 0;
            pipes[i].has_started = false;
            pipes[i].n = 0;
            return;
        }
    }
    (void)close(client);
}

static inline void pg_proxy_serve(pg_proxy_state *state, int listener, const char *server) {
    pg_pipe pipes[PG_PIPES];
    for (size_t i = 0; i < PG_PIPES; i++) {
        pipes[i] = (pg_pipe){.client = -1, .server = -1, .bytes = malloc(PG_PIPE_SIZE)};
    }
    for (;;) {
        struct pollfd fds[1 + 2 * PG_PIPES] = {{.fd = listener, .events = POLLIN}};
        for (size_t i = 0; i < PG_PIPES; i++) {
            fds[1 + 2 * i] = (struct pollfd){.fd = pipes[i].client, .events = POLLIN};
            fds[2 + 2 * i] = (struct pollfd){.fd = pipes[i].server, .events = POLLIN};
        }
        if (poll(fds, 1 + 2 * PG_PIPES, -1) < 0) {
            _exit(1);
        }
        for (size_t i = 0; i < PG_PIPES; i++) {
            bool ok =
                (fds[1 + 2 * i].revents == 0 || pg_from_client(state, &pipes[i])) &&
                (fds[2 + 2 * i].revents == 0 || pipes[i].client < 0 || pg_from_server(&pipes[i]));
            if (!ok) {
                pg_pipe_close(&pipes[i]);
            }
        }
        if (fds[0].revents != 0) {
            pg_proxy_accept(listener, server, pipes);
        }
    }
}

/** Starts a proxy to the server whose socket is in the folder `server`. */
static inline pg_proxy pg_proxy_start(const char *server) {
    pg_proxy proxy = {.folder = "/tmp/ag_proxy_XXXXXX"};
    proxy.state =
        mmap(NULL, sizeof *proxy.state, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (proxy.state == MAP_FAILED || mkdtemp(proxy.folder) == NULL) {
        abort();
    }
    int listener = pg_socket(proxy.folder, true);
    proxy.pid = fork();
    if (proxy.pid == 0) {
        pg_proxy_serve(proxy.state, listener, server);
    }
    (void)close(listener);
    return proxy;
}

static inline void pg_proxy_stop(pg_proxy *proxy) {
    char path[96];
    (void)kill(proxy->pid, SIGKILL);
    (void)waitpid(proxy->pid, NULL, 0);
    (void)snprintf(path, sizeof path, "%s/.s.PGSQL.5432", proxy->folder);
    (void)unlink(path);
    (void)rmdir(proxy->folder);
    (void)munmap(proxy->state, sizeof *proxy->state);
}

#endif
