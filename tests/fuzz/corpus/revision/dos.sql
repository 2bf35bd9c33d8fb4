-- m
--
-- Revision ID: a
-- Revises:

-- autogen:upgrade
SELECT $a$
-- autogen:x
$a$;
