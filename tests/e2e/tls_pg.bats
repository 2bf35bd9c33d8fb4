#!/usr/bin/env bats
# A server that speaks TLS, with a certificate of its own.

load helpers

setup_file() {
    [ -n "${AG_TEST_PG:-}" ] || return 0
    AG_PG_BIN=${AG_PG_BIN:-$(dirname "$(command -v pg_ctl || echo /usr/lib/postgresql/15/bin/x)")}
    [ -x "$AG_PG_BIN/initdb" ] && command -v openssl >/dev/null || return 0
    data=$(mktemp -d /tmp/ag-tls.XXXXXX)
    chmod 755 "$data"
    mkdir "$data/d"
    as_server=()
    if [ "$(id -u)" -eq 0 ]; then
        as_server=(setpriv --reuid=postgres --regid=postgres --clear-groups --)
        chown postgres "$data" "$data/d"
    fi
    "${as_server[@]}" "$AG_PG_BIN/initdb" -D "$data/d" -U autogen -A trust -E UTF8 \
        --no-sync >/dev/null
    # An authority of its own, a server called localhost, and one that signs nobody here.
    cd "$data" || return 1
    for name in root other; do
        openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=$name" -keyout $name.key \
            -out $name.crt 2>/dev/null
    done
    openssl req -newkey rsa:2048 -nodes -subj /CN=localhost -keyout d/server.key -out server.csr \
        2>/dev/null
    openssl x509 -req -days 2 -in server.csr -CA root.crt -CAkey root.key -set_serial 1 \
        -out d/server.crt 2>/dev/null
    chmod 600 d/server.key
    [ "$(id -u)" -ne 0 ] || chown postgres d/server.key d/server.crt
    echo 'hostssl all all 127.0.0.1/32 trust' >d/pg_hba.conf
    printf "listen_addresses = '127.0.0.1'\nunix_socket_directories = ''\nssl = on\nfsync = off\n" \
        >>d/postgresql.conf
    for try in 1 2 3 4 5 6 7 8 9; do # a port that nobody has
        tls_port=$((20000 + RANDOM % 12000))
        ! "${as_server[@]}" "$AG_PG_BIN/pg_ctl" -D "$data/d" -w -o "-p $tls_port" -l "$data/d/log" start \
            >/dev/null || break
        [ "$try" -lt 9 ]
    done
    export data tls_port AG_PG_BIN
}

teardown_file() {
    [ -n "${data:-}" ] || return 0
    if [ "$(id -u)" -eq 0 ]; then
        setpriv --reuid=postgres --regid=postgres --clear-groups -- \
            "$AG_PG_BIN/pg_ctl" -D "$data/d" -m immediate -w stop >/dev/null 2>&1
    else
        "$AG_PG_BIN/pg_ctl" -D "$data/d" -m immediate -w stop >/dev/null 2>&1
    fi
    rm -rf "$data"
}

need_tls() { [ -n "${tls_port:-}" ] || skip "no server with TLS (AG_TEST_PG, initdb, openssl)"; }

# refused OPTIONS TEXT: exit 4, and one line of an error that has the text.
refused() {
    run autogen --url "$url&$1" current
    echo "$1: $output"
    [ "$status" -eq 4 ]
    [ "${#lines[@]}" -eq 1 ]
    [[ $output == "error: cannot connect to PostgreSQL: "*"$2"* ]]
    [[ $output != *s3cret* ]]
}

@test "modes of TLS, by URL, conninfo and environment" {
    need_tls
    url="postgresql://autogen:s3cret@localhost:$tls_port/postgres?hostaddr=127.0.0.1"
    autogen -q --url "$url" init
    autogen -q revision --empty -m first --rev-id aaa1
    sed -i 's/^-- autogen:upgrade.*/&\nSELECT 1 \/ ssl::int FROM pg_stat_ssl WHERE pid = pg_backend_pid();/' \
        migrations/versions/aaa1_first.sql
    autogen -q --url "$url&sslmode=require" upgrade head
    for way in "$url" "$url&sslmode=prefer" "$url&sslmode=require" \
        "$url&sslmode=verify-ca&sslrootcert=$data/root.crt" \
        "$url&sslmode=verify-full&sslrootcert=$data/root.crt" \
        "host=localhost hostaddr=127.0.0.1 port=$tls_port user=autogen dbname=postgres sslmode=verify-full sslrootcert=$data/root.crt"; do
        echo "$way"
        [ "$(autogen --url "$way" current)" = "aaa1 (head)" ]
    done
    [ "$(PGSSLMODE=verify-full PGSSLROOTCERT=$data/root.crt autogen --url "$url" current)" = "aaa1 (head)" ]
}

@test "a certificate that is not to be trusted: one clear line, exit 4" {
    need_tls
    url="postgresql://autogen:s3cret@localhost:$tls_port/postgres?hostaddr=127.0.0.1"
    autogen -q --url "$url" init
    refused "sslmode=verify-full&sslrootcert=$data/other.crt" "certificate verify failed"
    refused "sslmode=verify-ca&sslrootcert=$data/other.crt" "certificate verify failed"
    refused "sslmode=verify-full&sslrootcert=$data/none.crt" "none.crt"
    local words="no encryption"
    [ "$(server_version)" -ge 140000 ] || words="SSL off"
    refused "sslmode=disable" "$words"
    url="postgresql://autogen:s3cret@127.0.0.1:$tls_port/postgres?connect_timeout=9"
    refused "sslmode=verify-full&sslrootcert=$data/root.crt" 'does not match host name "127.0.0.1"'
    autogen --url "$url&sslmode=verify-ca&sslrootcert=$data/root.crt" ensure_version
}
