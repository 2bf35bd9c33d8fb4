-- case: dq_add
-- a
CREATE TABLE "t" ("id" INTEGER PRIMARY KEY, "a" TEXT, "b" INT, CONSTRAINT "u q" UNIQUE ("a"), CHECK ("b" > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, d TEXT DEFAULT (1 || 2), CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: dq_drop_a
-- a
CREATE TABLE "t" ("id" INTEGER PRIMARY KEY, "a" TEXT, "b" INT, CONSTRAINT "u q" UNIQUE ("a"), CHECK ("b" > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, b INT, CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: dq_drop_b
-- a
CREATE TABLE "t" ("id" INTEGER PRIMARY KEY, "a" TEXT, "b" INT, CONSTRAINT "u q" UNIQUE ("a"), CHECK ("b" > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, CONSTRAINT "u q" UNIQUE (a));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: dq_drop_both
-- a
CREATE TABLE "t" ("id" INTEGER PRIMARY KEY, "a" TEXT, "b" INT, CONSTRAINT "u q" UNIQUE ("a"), CHECK ("b" > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY);
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: dq_type
-- a
CREATE TABLE "t" ("id" INTEGER PRIMARY KEY, "a" TEXT, "b" INT, CONSTRAINT "u q" UNIQUE ("a"), CHECK ("b" > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a VARCHAR(5), b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: dq_not_null
-- a
CREATE TABLE "t" ("id" INTEGER PRIMARY KEY, "a" TEXT, "b" INT, CONSTRAINT "u q" UNIQUE ("a"), CHECK ("b" > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: dq_no_unique
-- a
CREATE TABLE "t" ("id" INTEGER PRIMARY KEY, "a" TEXT, "b" INT, CONSTRAINT "u q" UNIQUE ("a"), CHECK ("b" > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: dq_no_check
-- a
CREATE TABLE "t" ("id" INTEGER PRIMARY KEY, "a" TEXT, "b" INT, CONSTRAINT "u q" UNIQUE ("a"), CHECK ("b" > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: dq_fk
-- a
CREATE TABLE "t" ("id" INTEGER PRIMARY KEY, "a" TEXT, "b" INT, CONSTRAINT "u q" UNIQUE ("a"), CHECK ("b" > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT REFERENCES t (id), CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: dq_auto
-- a
CREATE TABLE "t" ("id" INTEGER PRIMARY KEY, "a" TEXT, "b" INT, CONSTRAINT "u q" UNIQUE ("a"), CHECK ("b" > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: dq_default
-- a
CREATE TABLE "t" ("id" INTEGER PRIMARY KEY, "a" TEXT, "b" INT, CONSTRAINT "u q" UNIQUE ("a"), CHECK ("b" > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT '--', b INT DEFAULT (1), CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: dq_collate
-- a
CREATE TABLE "t" ("id" INTEGER PRIMARY KEY, "a" TEXT, "b" INT, CONSTRAINT "u q" UNIQUE ("a"), CHECK ("b" > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT COLLATE NOCASE, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: dq_rename_q
-- a
CREATE TABLE "t" ("id" INTEGER PRIMARY KEY, "a" TEXT, "b" INT, CONSTRAINT "u q" UNIQUE ("a"), CHECK ("b" > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT uq UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: dq_strict
-- a
CREATE TABLE "t" ("id" INTEGER PRIMARY KEY, "a" TEXT, "b" INT, CONSTRAINT "u q" UNIQUE ("a"), CHECK ("b" > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0)) STRICT;
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: dq_no_key
-- a
CREATE TABLE "t" ("id" INTEGER PRIMARY KEY, "a" TEXT, "b" INT, CONSTRAINT "u q" UNIQUE ("a"), CHECK ("b" > 0));
-- b
CREATE TABLE t (id INTEGER, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: dq_everything
-- a
CREATE TABLE "t" ("id" INTEGER PRIMARY KEY, "a" TEXT, "b" INT, CONSTRAINT "u q" UNIQUE ("a"), CHECK ("b" > 0));
-- b
CREATE TABLE t (id INT, z DEFAULT 0, CONSTRAINT k PRIMARY KEY (id, z)) WITHOUT ROWID;
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: dq_rename_column oneway
-- renames: t.a=t.c
-- a
CREATE TABLE "t" ("id" INTEGER PRIMARY KEY, "a" TEXT, "b" INT, CONSTRAINT "u q" UNIQUE ("a"), CHECK ("b" > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, c TEXT, b INT, CONSTRAINT "u q" UNIQUE (c), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: dq_rename_checked oneway
-- renames: t.b=t.order
-- a
CREATE TABLE "t" ("id" INTEGER PRIMARY KEY, "a" TEXT, "b" INT, CONSTRAINT "u q" UNIQUE ("a"), CHECK ("b" > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, "order" INT, CONSTRAINT "u q" UNIQUE (a), CHECK ("order" > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: dq_rename_table oneway
-- renames: t=u
-- a
CREATE TABLE "t" ("id" INTEGER PRIMARY KEY, "a" TEXT, "b" INT, CONSTRAINT "u q" UNIQUE ("a"), CHECK ("b" > 0));
-- b
CREATE TABLE u (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: brackets_add
-- a
CREATE TABLE [t] ([id] INTEGER PRIMARY KEY, [a] TEXT, [b] INT, CONSTRAINT [u q] UNIQUE ([a]), CHECK ([b] > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, d TEXT DEFAULT (1 || 2), CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: brackets_drop_a
-- a
CREATE TABLE [t] ([id] INTEGER PRIMARY KEY, [a] TEXT, [b] INT, CONSTRAINT [u q] UNIQUE ([a]), CHECK ([b] > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, b INT, CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: brackets_drop_b
-- a
CREATE TABLE [t] ([id] INTEGER PRIMARY KEY, [a] TEXT, [b] INT, CONSTRAINT [u q] UNIQUE ([a]), CHECK ([b] > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, CONSTRAINT "u q" UNIQUE (a));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: brackets_drop_both
-- a
CREATE TABLE [t] ([id] INTEGER PRIMARY KEY, [a] TEXT, [b] INT, CONSTRAINT [u q] UNIQUE ([a]), CHECK ([b] > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY);
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: brackets_type
-- a
CREATE TABLE [t] ([id] INTEGER PRIMARY KEY, [a] TEXT, [b] INT, CONSTRAINT [u q] UNIQUE ([a]), CHECK ([b] > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a VARCHAR(5), b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: brackets_not_null
-- a
CREATE TABLE [t] ([id] INTEGER PRIMARY KEY, [a] TEXT, [b] INT, CONSTRAINT [u q] UNIQUE ([a]), CHECK ([b] > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: brackets_no_unique
-- a
CREATE TABLE [t] ([id] INTEGER PRIMARY KEY, [a] TEXT, [b] INT, CONSTRAINT [u q] UNIQUE ([a]), CHECK ([b] > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: brackets_no_check
-- a
CREATE TABLE [t] ([id] INTEGER PRIMARY KEY, [a] TEXT, [b] INT, CONSTRAINT [u q] UNIQUE ([a]), CHECK ([b] > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: brackets_fk
-- a
CREATE TABLE [t] ([id] INTEGER PRIMARY KEY, [a] TEXT, [b] INT, CONSTRAINT [u q] UNIQUE ([a]), CHECK ([b] > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT REFERENCES t (id), CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: brackets_auto
-- a
CREATE TABLE [t] ([id] INTEGER PRIMARY KEY, [a] TEXT, [b] INT, CONSTRAINT [u q] UNIQUE ([a]), CHECK ([b] > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: brackets_default
-- a
CREATE TABLE [t] ([id] INTEGER PRIMARY KEY, [a] TEXT, [b] INT, CONSTRAINT [u q] UNIQUE ([a]), CHECK ([b] > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT '--', b INT DEFAULT (1), CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: brackets_collate
-- a
CREATE TABLE [t] ([id] INTEGER PRIMARY KEY, [a] TEXT, [b] INT, CONSTRAINT [u q] UNIQUE ([a]), CHECK ([b] > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT COLLATE NOCASE, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: brackets_rename_q
-- a
CREATE TABLE [t] ([id] INTEGER PRIMARY KEY, [a] TEXT, [b] INT, CONSTRAINT [u q] UNIQUE ([a]), CHECK ([b] > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT uq UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: brackets_strict
-- a
CREATE TABLE [t] ([id] INTEGER PRIMARY KEY, [a] TEXT, [b] INT, CONSTRAINT [u q] UNIQUE ([a]), CHECK ([b] > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0)) STRICT;
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: brackets_no_key
-- a
CREATE TABLE [t] ([id] INTEGER PRIMARY KEY, [a] TEXT, [b] INT, CONSTRAINT [u q] UNIQUE ([a]), CHECK ([b] > 0));
-- b
CREATE TABLE t (id INTEGER, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: brackets_everything
-- a
CREATE TABLE [t] ([id] INTEGER PRIMARY KEY, [a] TEXT, [b] INT, CONSTRAINT [u q] UNIQUE ([a]), CHECK ([b] > 0));
-- b
CREATE TABLE t (id INT, z DEFAULT 0, CONSTRAINT k PRIMARY KEY (id, z)) WITHOUT ROWID;
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: brackets_rename_column oneway
-- renames: t.a=t.c
-- a
CREATE TABLE [t] ([id] INTEGER PRIMARY KEY, [a] TEXT, [b] INT, CONSTRAINT [u q] UNIQUE ([a]), CHECK ([b] > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, c TEXT, b INT, CONSTRAINT "u q" UNIQUE (c), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: brackets_rename_checked oneway
-- renames: t.b=t.order
-- a
CREATE TABLE [t] ([id] INTEGER PRIMARY KEY, [a] TEXT, [b] INT, CONSTRAINT [u q] UNIQUE ([a]), CHECK ([b] > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, "order" INT, CONSTRAINT "u q" UNIQUE (a), CHECK ("order" > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: brackets_rename_table oneway
-- renames: t=u
-- a
CREATE TABLE [t] ([id] INTEGER PRIMARY KEY, [a] TEXT, [b] INT, CONSTRAINT [u q] UNIQUE ([a]), CHECK ([b] > 0));
-- b
CREATE TABLE u (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: backticks_add
-- a
CREATE TABLE `t` (`id` INTEGER PRIMARY KEY, `a` TEXT, `b` INT, CONSTRAINT `u q` UNIQUE (`a`), CHECK (`b` > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, d TEXT DEFAULT (1 || 2), CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: backticks_drop_a
-- a
CREATE TABLE `t` (`id` INTEGER PRIMARY KEY, `a` TEXT, `b` INT, CONSTRAINT `u q` UNIQUE (`a`), CHECK (`b` > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, b INT, CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: backticks_drop_b
-- a
CREATE TABLE `t` (`id` INTEGER PRIMARY KEY, `a` TEXT, `b` INT, CONSTRAINT `u q` UNIQUE (`a`), CHECK (`b` > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, CONSTRAINT "u q" UNIQUE (a));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: backticks_drop_both
-- a
CREATE TABLE `t` (`id` INTEGER PRIMARY KEY, `a` TEXT, `b` INT, CONSTRAINT `u q` UNIQUE (`a`), CHECK (`b` > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY);
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: backticks_type
-- a
CREATE TABLE `t` (`id` INTEGER PRIMARY KEY, `a` TEXT, `b` INT, CONSTRAINT `u q` UNIQUE (`a`), CHECK (`b` > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a VARCHAR(5), b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: backticks_not_null
-- a
CREATE TABLE `t` (`id` INTEGER PRIMARY KEY, `a` TEXT, `b` INT, CONSTRAINT `u q` UNIQUE (`a`), CHECK (`b` > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: backticks_no_unique
-- a
CREATE TABLE `t` (`id` INTEGER PRIMARY KEY, `a` TEXT, `b` INT, CONSTRAINT `u q` UNIQUE (`a`), CHECK (`b` > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: backticks_no_check
-- a
CREATE TABLE `t` (`id` INTEGER PRIMARY KEY, `a` TEXT, `b` INT, CONSTRAINT `u q` UNIQUE (`a`), CHECK (`b` > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: backticks_fk
-- a
CREATE TABLE `t` (`id` INTEGER PRIMARY KEY, `a` TEXT, `b` INT, CONSTRAINT `u q` UNIQUE (`a`), CHECK (`b` > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT REFERENCES t (id), CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: backticks_auto
-- a
CREATE TABLE `t` (`id` INTEGER PRIMARY KEY, `a` TEXT, `b` INT, CONSTRAINT `u q` UNIQUE (`a`), CHECK (`b` > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: backticks_default
-- a
CREATE TABLE `t` (`id` INTEGER PRIMARY KEY, `a` TEXT, `b` INT, CONSTRAINT `u q` UNIQUE (`a`), CHECK (`b` > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT '--', b INT DEFAULT (1), CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: backticks_collate
-- a
CREATE TABLE `t` (`id` INTEGER PRIMARY KEY, `a` TEXT, `b` INT, CONSTRAINT `u q` UNIQUE (`a`), CHECK (`b` > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT COLLATE NOCASE, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: backticks_rename_q
-- a
CREATE TABLE `t` (`id` INTEGER PRIMARY KEY, `a` TEXT, `b` INT, CONSTRAINT `u q` UNIQUE (`a`), CHECK (`b` > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT uq UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: backticks_strict
-- a
CREATE TABLE `t` (`id` INTEGER PRIMARY KEY, `a` TEXT, `b` INT, CONSTRAINT `u q` UNIQUE (`a`), CHECK (`b` > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0)) STRICT;
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: backticks_no_key
-- a
CREATE TABLE `t` (`id` INTEGER PRIMARY KEY, `a` TEXT, `b` INT, CONSTRAINT `u q` UNIQUE (`a`), CHECK (`b` > 0));
-- b
CREATE TABLE t (id INTEGER, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: backticks_everything
-- a
CREATE TABLE `t` (`id` INTEGER PRIMARY KEY, `a` TEXT, `b` INT, CONSTRAINT `u q` UNIQUE (`a`), CHECK (`b` > 0));
-- b
CREATE TABLE t (id INT, z DEFAULT 0, CONSTRAINT k PRIMARY KEY (id, z)) WITHOUT ROWID;
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: backticks_rename_column oneway
-- renames: t.a=t.c
-- a
CREATE TABLE `t` (`id` INTEGER PRIMARY KEY, `a` TEXT, `b` INT, CONSTRAINT `u q` UNIQUE (`a`), CHECK (`b` > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, c TEXT, b INT, CONSTRAINT "u q" UNIQUE (c), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: backticks_rename_checked oneway
-- renames: t.b=t.order
-- a
CREATE TABLE `t` (`id` INTEGER PRIMARY KEY, `a` TEXT, `b` INT, CONSTRAINT `u q` UNIQUE (`a`), CHECK (`b` > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, "order" INT, CONSTRAINT "u q" UNIQUE (a), CHECK ("order" > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: backticks_rename_table oneway
-- renames: t=u
-- a
CREATE TABLE `t` (`id` INTEGER PRIMARY KEY, `a` TEXT, `b` INT, CONSTRAINT `u q` UNIQUE (`a`), CHECK (`b` > 0));
-- b
CREATE TABLE u (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: strings_add
-- a
CREATE TABLE 't' ('id' INTEGER PRIMARY KEY, 'a' TEXT, 'b' INT, CONSTRAINT 'u q' UNIQUE ('a'), CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, d TEXT DEFAULT (1 || 2), CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: strings_drop_a
-- a
CREATE TABLE 't' ('id' INTEGER PRIMARY KEY, 'a' TEXT, 'b' INT, CONSTRAINT 'u q' UNIQUE ('a'), CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, b INT, CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: strings_drop_b
-- a
CREATE TABLE 't' ('id' INTEGER PRIMARY KEY, 'a' TEXT, 'b' INT, CONSTRAINT 'u q' UNIQUE ('a'), CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, CONSTRAINT "u q" UNIQUE (a));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: strings_drop_both
-- a
CREATE TABLE 't' ('id' INTEGER PRIMARY KEY, 'a' TEXT, 'b' INT, CONSTRAINT 'u q' UNIQUE ('a'), CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY);
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: strings_type
-- a
CREATE TABLE 't' ('id' INTEGER PRIMARY KEY, 'a' TEXT, 'b' INT, CONSTRAINT 'u q' UNIQUE ('a'), CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a VARCHAR(5), b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: strings_not_null
-- a
CREATE TABLE 't' ('id' INTEGER PRIMARY KEY, 'a' TEXT, 'b' INT, CONSTRAINT 'u q' UNIQUE ('a'), CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: strings_no_unique
-- a
CREATE TABLE 't' ('id' INTEGER PRIMARY KEY, 'a' TEXT, 'b' INT, CONSTRAINT 'u q' UNIQUE ('a'), CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: strings_no_check
-- a
CREATE TABLE 't' ('id' INTEGER PRIMARY KEY, 'a' TEXT, 'b' INT, CONSTRAINT 'u q' UNIQUE ('a'), CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: strings_fk
-- a
CREATE TABLE 't' ('id' INTEGER PRIMARY KEY, 'a' TEXT, 'b' INT, CONSTRAINT 'u q' UNIQUE ('a'), CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT REFERENCES t (id), CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: strings_auto
-- a
CREATE TABLE 't' ('id' INTEGER PRIMARY KEY, 'a' TEXT, 'b' INT, CONSTRAINT 'u q' UNIQUE ('a'), CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: strings_default
-- a
CREATE TABLE 't' ('id' INTEGER PRIMARY KEY, 'a' TEXT, 'b' INT, CONSTRAINT 'u q' UNIQUE ('a'), CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT '--', b INT DEFAULT (1), CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: strings_collate
-- a
CREATE TABLE 't' ('id' INTEGER PRIMARY KEY, 'a' TEXT, 'b' INT, CONSTRAINT 'u q' UNIQUE ('a'), CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT COLLATE NOCASE, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: strings_strict
-- a
CREATE TABLE 't' ('id' INTEGER PRIMARY KEY, 'a' TEXT, 'b' INT, CONSTRAINT 'u q' UNIQUE ('a'), CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0)) STRICT;
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: strings_no_key
-- a
CREATE TABLE 't' ('id' INTEGER PRIMARY KEY, 'a' TEXT, 'b' INT, CONSTRAINT 'u q' UNIQUE ('a'), CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: strings_everything
-- a
CREATE TABLE 't' ('id' INTEGER PRIMARY KEY, 'a' TEXT, 'b' INT, CONSTRAINT 'u q' UNIQUE ('a'), CHECK (b > 0));
-- b
CREATE TABLE t (id INT, z DEFAULT 0, CONSTRAINT k PRIMARY KEY (id, z)) WITHOUT ROWID;
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: bare_add
-- a
create table t(id integer primary key,a text,b int,constraint "u q" unique(a),check(b>0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, d TEXT DEFAULT (1 || 2), CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: bare_drop_a
-- a
create table t(id integer primary key,a text,b int,constraint "u q" unique(a),check(b>0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, b INT, CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: bare_drop_b
-- a
create table t(id integer primary key,a text,b int,constraint "u q" unique(a),check(b>0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, CONSTRAINT "u q" UNIQUE (a));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: bare_drop_both
-- a
create table t(id integer primary key,a text,b int,constraint "u q" unique(a),check(b>0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY);
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: bare_type
-- a
create table t(id integer primary key,a text,b int,constraint "u q" unique(a),check(b>0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a VARCHAR(5), b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: bare_not_null
-- a
create table t(id integer primary key,a text,b int,constraint "u q" unique(a),check(b>0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: bare_no_unique
-- a
create table t(id integer primary key,a text,b int,constraint "u q" unique(a),check(b>0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: bare_no_check
-- a
create table t(id integer primary key,a text,b int,constraint "u q" unique(a),check(b>0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: bare_fk
-- a
create table t(id integer primary key,a text,b int,constraint "u q" unique(a),check(b>0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT REFERENCES t (id), CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: bare_auto
-- a
create table t(id integer primary key,a text,b int,constraint "u q" unique(a),check(b>0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: bare_default
-- a
create table t(id integer primary key,a text,b int,constraint "u q" unique(a),check(b>0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT '--', b INT DEFAULT (1), CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: bare_collate
-- a
create table t(id integer primary key,a text,b int,constraint "u q" unique(a),check(b>0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT COLLATE NOCASE, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: bare_rename_q
-- a
create table t(id integer primary key,a text,b int,constraint "u q" unique(a),check(b>0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT uq UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: bare_strict
-- a
create table t(id integer primary key,a text,b int,constraint "u q" unique(a),check(b>0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0)) STRICT;
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: bare_no_key
-- a
create table t(id integer primary key,a text,b int,constraint "u q" unique(a),check(b>0));
-- b
CREATE TABLE t (id INTEGER, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: bare_everything
-- a
create table t(id integer primary key,a text,b int,constraint "u q" unique(a),check(b>0));
-- b
CREATE TABLE t (id INT, z DEFAULT 0, CONSTRAINT k PRIMARY KEY (id, z)) WITHOUT ROWID;
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: bare_rename_column oneway
-- renames: t.a=t.c
-- a
create table t(id integer primary key,a text,b int,constraint "u q" unique(a),check(b>0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, c TEXT, b INT, CONSTRAINT "u q" UNIQUE (c), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: bare_rename_checked oneway
-- renames: t.b=t.order
-- a
create table t(id integer primary key,a text,b int,constraint "u q" unique(a),check(b>0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, "order" INT, CONSTRAINT "u q" UNIQUE (a), CHECK ("order" > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: bare_rename_table oneway
-- renames: t=u
-- a
create table t(id integer primary key,a text,b int,constraint "u q" unique(a),check(b>0));
-- b
CREATE TABLE u (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: comments_add
-- a
CREATE TABLE t ( -- the table; )
 id INTEGER PRIMARY KEY, -- key, (
 /* a, b */ a TEXT, b INT -- last
, CONSTRAINT "u q" UNIQUE (a) -- uq
, CHECK (b > 0) /* end */ ) -- over
;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, d TEXT DEFAULT (1 || 2), CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: comments_drop_a
-- a
CREATE TABLE t ( -- the table; )
 id INTEGER PRIMARY KEY, -- key, (
 /* a, b */ a TEXT, b INT -- last
, CONSTRAINT "u q" UNIQUE (a) -- uq
, CHECK (b > 0) /* end */ ) -- over
;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, b INT, CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: comments_drop_b
-- a
CREATE TABLE t ( -- the table; )
 id INTEGER PRIMARY KEY, -- key, (
 /* a, b */ a TEXT, b INT -- last
, CONSTRAINT "u q" UNIQUE (a) -- uq
, CHECK (b > 0) /* end */ ) -- over
;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, CONSTRAINT "u q" UNIQUE (a));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: comments_drop_both
-- a
CREATE TABLE t ( -- the table; )
 id INTEGER PRIMARY KEY, -- key, (
 /* a, b */ a TEXT, b INT -- last
, CONSTRAINT "u q" UNIQUE (a) -- uq
, CHECK (b > 0) /* end */ ) -- over
;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY);
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: comments_type
-- a
CREATE TABLE t ( -- the table; )
 id INTEGER PRIMARY KEY, -- key, (
 /* a, b */ a TEXT, b INT -- last
, CONSTRAINT "u q" UNIQUE (a) -- uq
, CHECK (b > 0) /* end */ ) -- over
;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a VARCHAR(5), b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: comments_not_null
-- a
CREATE TABLE t ( -- the table; )
 id INTEGER PRIMARY KEY, -- key, (
 /* a, b */ a TEXT, b INT -- last
, CONSTRAINT "u q" UNIQUE (a) -- uq
, CHECK (b > 0) /* end */ ) -- over
;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: comments_no_unique
-- a
CREATE TABLE t ( -- the table; )
 id INTEGER PRIMARY KEY, -- key, (
 /* a, b */ a TEXT, b INT -- last
, CONSTRAINT "u q" UNIQUE (a) -- uq
, CHECK (b > 0) /* end */ ) -- over
;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: comments_no_check
-- a
CREATE TABLE t ( -- the table; )
 id INTEGER PRIMARY KEY, -- key, (
 /* a, b */ a TEXT, b INT -- last
, CONSTRAINT "u q" UNIQUE (a) -- uq
, CHECK (b > 0) /* end */ ) -- over
;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: comments_fk
-- a
CREATE TABLE t ( -- the table; )
 id INTEGER PRIMARY KEY, -- key, (
 /* a, b */ a TEXT, b INT -- last
, CONSTRAINT "u q" UNIQUE (a) -- uq
, CHECK (b > 0) /* end */ ) -- over
;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT REFERENCES t (id), CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: comments_auto
-- a
CREATE TABLE t ( -- the table; )
 id INTEGER PRIMARY KEY, -- key, (
 /* a, b */ a TEXT, b INT -- last
, CONSTRAINT "u q" UNIQUE (a) -- uq
, CHECK (b > 0) /* end */ ) -- over
;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: comments_default
-- a
CREATE TABLE t ( -- the table; )
 id INTEGER PRIMARY KEY, -- key, (
 /* a, b */ a TEXT, b INT -- last
, CONSTRAINT "u q" UNIQUE (a) -- uq
, CHECK (b > 0) /* end */ ) -- over
;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT '--', b INT DEFAULT (1), CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: comments_collate
-- a
CREATE TABLE t ( -- the table; )
 id INTEGER PRIMARY KEY, -- key, (
 /* a, b */ a TEXT, b INT -- last
, CONSTRAINT "u q" UNIQUE (a) -- uq
, CHECK (b > 0) /* end */ ) -- over
;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT COLLATE NOCASE, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: comments_rename_q
-- a
CREATE TABLE t ( -- the table; )
 id INTEGER PRIMARY KEY, -- key, (
 /* a, b */ a TEXT, b INT -- last
, CONSTRAINT "u q" UNIQUE (a) -- uq
, CHECK (b > 0) /* end */ ) -- over
;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT uq UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: comments_strict
-- a
CREATE TABLE t ( -- the table; )
 id INTEGER PRIMARY KEY, -- key, (
 /* a, b */ a TEXT, b INT -- last
, CONSTRAINT "u q" UNIQUE (a) -- uq
, CHECK (b > 0) /* end */ ) -- over
;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0)) STRICT;
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: comments_no_key
-- a
CREATE TABLE t ( -- the table; )
 id INTEGER PRIMARY KEY, -- key, (
 /* a, b */ a TEXT, b INT -- last
, CONSTRAINT "u q" UNIQUE (a) -- uq
, CHECK (b > 0) /* end */ ) -- over
;
-- b
CREATE TABLE t (id INTEGER, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: comments_everything
-- a
CREATE TABLE t ( -- the table; )
 id INTEGER PRIMARY KEY, -- key, (
 /* a, b */ a TEXT, b INT -- last
, CONSTRAINT "u q" UNIQUE (a) -- uq
, CHECK (b > 0) /* end */ ) -- over
;
-- b
CREATE TABLE t (id INT, z DEFAULT 0, CONSTRAINT k PRIMARY KEY (id, z)) WITHOUT ROWID;
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: comments_rename_column oneway
-- renames: t.a=t.c
-- a
CREATE TABLE t ( -- the table; )
 id INTEGER PRIMARY KEY, -- key, (
 /* a, b */ a TEXT, b INT -- last
, CONSTRAINT "u q" UNIQUE (a) -- uq
, CHECK (b > 0) /* end */ ) -- over
;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, c TEXT, b INT, CONSTRAINT "u q" UNIQUE (c), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: comments_rename_checked oneway
-- renames: t.b=t.order
-- a
CREATE TABLE t ( -- the table; )
 id INTEGER PRIMARY KEY, -- key, (
 /* a, b */ a TEXT, b INT -- last
, CONSTRAINT "u q" UNIQUE (a) -- uq
, CHECK (b > 0) /* end */ ) -- over
;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, "order" INT, CONSTRAINT "u q" UNIQUE (a), CHECK ("order" > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: comments_rename_table oneway
-- renames: t=u
-- a
CREATE TABLE t ( -- the table; )
 id INTEGER PRIMARY KEY, -- key, (
 /* a, b */ a TEXT, b INT -- last
, CONSTRAINT "u q" UNIQUE (a) -- uq
, CHECK (b > 0) /* end */ ) -- over
;
-- b
CREATE TABLE u (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: no_commas_add
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a) CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, d TEXT DEFAULT (1 || 2), CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: no_commas_drop_a
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a) CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, b INT, CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: no_commas_drop_b
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a) CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, CONSTRAINT "u q" UNIQUE (a));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: no_commas_drop_both
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a) CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY);
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: no_commas_type
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a) CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a VARCHAR(5), b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: no_commas_not_null
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a) CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: no_commas_no_unique
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a) CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: no_commas_no_check
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a) CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: no_commas_fk
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a) CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT REFERENCES t (id), CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: no_commas_auto
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a) CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: no_commas_default
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a) CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT '--', b INT DEFAULT (1), CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: no_commas_collate
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a) CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT COLLATE NOCASE, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: no_commas_rename_q
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a) CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT uq UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: no_commas_strict
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a) CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0)) STRICT;
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: no_commas_no_key
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a) CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: no_commas_everything
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a) CHECK (b > 0));
-- b
CREATE TABLE t (id INT, z DEFAULT 0, CONSTRAINT k PRIMARY KEY (id, z)) WITHOUT ROWID;
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: no_commas_rename_column oneway
-- renames: t.a=t.c
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a) CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, c TEXT, b INT, CONSTRAINT "u q" UNIQUE (c), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: no_commas_rename_checked oneway
-- renames: t.b=t.order
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a) CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, "order" INT, CONSTRAINT "u q" UNIQUE (a), CHECK ("order" > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: no_commas_rename_table oneway
-- renames: t=u
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a) CHECK (b > 0));
-- b
CREATE TABLE u (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: exists_add
-- a
CREATE TABLE IF NOT EXISTS main.t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, d TEXT DEFAULT (1 || 2), CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: exists_drop_a
-- a
CREATE TABLE IF NOT EXISTS main.t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, b INT, CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: exists_drop_b
-- a
CREATE TABLE IF NOT EXISTS main.t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, CONSTRAINT "u q" UNIQUE (a));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: exists_drop_both
-- a
CREATE TABLE IF NOT EXISTS main.t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY);
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: exists_type
-- a
CREATE TABLE IF NOT EXISTS main.t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a VARCHAR(5), b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: exists_not_null
-- a
CREATE TABLE IF NOT EXISTS main.t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: exists_no_unique
-- a
CREATE TABLE IF NOT EXISTS main.t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: exists_no_check
-- a
CREATE TABLE IF NOT EXISTS main.t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: exists_fk
-- a
CREATE TABLE IF NOT EXISTS main.t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT REFERENCES t (id), CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: exists_auto
-- a
CREATE TABLE IF NOT EXISTS main.t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: exists_default
-- a
CREATE TABLE IF NOT EXISTS main.t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT '--', b INT DEFAULT (1), CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: exists_collate
-- a
CREATE TABLE IF NOT EXISTS main.t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT COLLATE NOCASE, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: exists_rename_q
-- a
CREATE TABLE IF NOT EXISTS main.t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT uq UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: exists_strict
-- a
CREATE TABLE IF NOT EXISTS main.t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0)) STRICT;
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: exists_no_key
-- a
CREATE TABLE IF NOT EXISTS main.t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: exists_everything
-- a
CREATE TABLE IF NOT EXISTS main.t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- b
CREATE TABLE t (id INT, z DEFAULT 0, CONSTRAINT k PRIMARY KEY (id, z)) WITHOUT ROWID;
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: exists_rename_column oneway
-- renames: t.a=t.c
-- a
CREATE TABLE IF NOT EXISTS main.t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, c TEXT, b INT, CONSTRAINT "u q" UNIQUE (c), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: exists_rename_checked oneway
-- renames: t.b=t.order
-- a
CREATE TABLE IF NOT EXISTS main.t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, "order" INT, CONSTRAINT "u q" UNIQUE (a), CHECK ("order" > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: exists_rename_table oneway
-- renames: t=u
-- a
CREATE TABLE IF NOT EXISTS main.t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- b
CREATE TABLE u (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: tabs_add
-- a
CREATE	TABLE
t
(	id	INTEGER	PRIMARY	KEY,a	TEXT
,b	INT,CONSTRAINT	"u q"	UNIQUE	(a),CHECK	(b > 0)
)
;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, d TEXT DEFAULT (1 || 2), CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: tabs_drop_a
-- a
CREATE	TABLE
t
(	id	INTEGER	PRIMARY	KEY,a	TEXT
,b	INT,CONSTRAINT	"u q"	UNIQUE	(a),CHECK	(b > 0)
)
;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, b INT, CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: tabs_drop_b
-- a
CREATE	TABLE
t
(	id	INTEGER	PRIMARY	KEY,a	TEXT
,b	INT,CONSTRAINT	"u q"	UNIQUE	(a),CHECK	(b > 0)
)
;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, CONSTRAINT "u q" UNIQUE (a));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: tabs_drop_both
-- a
CREATE	TABLE
t
(	id	INTEGER	PRIMARY	KEY,a	TEXT
,b	INT,CONSTRAINT	"u q"	UNIQUE	(a),CHECK	(b > 0)
)
;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY);
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: tabs_type
-- a
CREATE	TABLE
t
(	id	INTEGER	PRIMARY	KEY,a	TEXT
,b	INT,CONSTRAINT	"u q"	UNIQUE	(a),CHECK	(b > 0)
)
;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a VARCHAR(5), b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: tabs_not_null
-- a
CREATE	TABLE
t
(	id	INTEGER	PRIMARY	KEY,a	TEXT
,b	INT,CONSTRAINT	"u q"	UNIQUE	(a),CHECK	(b > 0)
)
;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: tabs_no_unique
-- a
CREATE	TABLE
t
(	id	INTEGER	PRIMARY	KEY,a	TEXT
,b	INT,CONSTRAINT	"u q"	UNIQUE	(a),CHECK	(b > 0)
)
;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: tabs_no_check
-- a
CREATE	TABLE
t
(	id	INTEGER	PRIMARY	KEY,a	TEXT
,b	INT,CONSTRAINT	"u q"	UNIQUE	(a),CHECK	(b > 0)
)
;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: tabs_fk
-- a
CREATE	TABLE
t
(	id	INTEGER	PRIMARY	KEY,a	TEXT
,b	INT,CONSTRAINT	"u q"	UNIQUE	(a),CHECK	(b > 0)
)
;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT REFERENCES t (id), CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: tabs_auto
-- a
CREATE	TABLE
t
(	id	INTEGER	PRIMARY	KEY,a	TEXT
,b	INT,CONSTRAINT	"u q"	UNIQUE	(a),CHECK	(b > 0)
)
;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: tabs_default
-- a
CREATE	TABLE
t
(	id	INTEGER	PRIMARY	KEY,a	TEXT
,b	INT,CONSTRAINT	"u q"	UNIQUE	(a),CHECK	(b > 0)
)
;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT '--', b INT DEFAULT (1), CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: tabs_collate
-- a
CREATE	TABLE
t
(	id	INTEGER	PRIMARY	KEY,a	TEXT
,b	INT,CONSTRAINT	"u q"	UNIQUE	(a),CHECK	(b > 0)
)
;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT COLLATE NOCASE, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: tabs_rename_q
-- a
CREATE	TABLE
t
(	id	INTEGER	PRIMARY	KEY,a	TEXT
,b	INT,CONSTRAINT	"u q"	UNIQUE	(a),CHECK	(b > 0)
)
;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT uq UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: tabs_strict
-- a
CREATE	TABLE
t
(	id	INTEGER	PRIMARY	KEY,a	TEXT
,b	INT,CONSTRAINT	"u q"	UNIQUE	(a),CHECK	(b > 0)
)
;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0)) STRICT;
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: tabs_no_key
-- a
CREATE	TABLE
t
(	id	INTEGER	PRIMARY	KEY,a	TEXT
,b	INT,CONSTRAINT	"u q"	UNIQUE	(a),CHECK	(b > 0)
)
;
-- b
CREATE TABLE t (id INTEGER, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: tabs_everything
-- a
CREATE	TABLE
t
(	id	INTEGER	PRIMARY	KEY,a	TEXT
,b	INT,CONSTRAINT	"u q"	UNIQUE	(a),CHECK	(b > 0)
)
;
-- b
CREATE TABLE t (id INT, z DEFAULT 0, CONSTRAINT k PRIMARY KEY (id, z)) WITHOUT ROWID;
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: tabs_rename_column oneway
-- renames: t.a=t.c
-- a
CREATE	TABLE
t
(	id	INTEGER	PRIMARY	KEY,a	TEXT
,b	INT,CONSTRAINT	"u q"	UNIQUE	(a),CHECK	(b > 0)
)
;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, c TEXT, b INT, CONSTRAINT "u q" UNIQUE (c), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: tabs_rename_checked oneway
-- renames: t.b=t.order
-- a
CREATE	TABLE
t
(	id	INTEGER	PRIMARY	KEY,a	TEXT
,b	INT,CONSTRAINT	"u q"	UNIQUE	(a),CHECK	(b > 0)
)
;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, "order" INT, CONSTRAINT "u q" UNIQUE (a), CHECK ("order" > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);

-- case: tabs_rename_table oneway
-- renames: t=u
-- a
CREATE	TABLE
t
(	id	INTEGER	PRIMARY	KEY,a	TEXT
,b	INT,CONSTRAINT	"u q"	UNIQUE	(a),CHECK	(b > 0)
)
;
-- b
CREATE TABLE u (id INTEGER PRIMARY KEY, a TEXT, b INT, CONSTRAINT "u q" UNIQUE (a), CHECK (b > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (4, 'y', 4);
