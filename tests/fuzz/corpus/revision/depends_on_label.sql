-- add rs table
--
-- R-- add rs table
--
-- Revision ID: 4f2a9c81d0b4
-- Revises: 9b1c33aa0e12
-- Branch Labels: net
-- Depends On: a-- , b
-- Create Date: 202cre1-20 12:09:00+00:00

-- autogen:upgrade postgresql
-- create table users
CREATE TABLE users (id bigint);
-- autogen:autocommit
CREATE INDEX CONCURRENTLY ix ON users (id);
-- autoogen:downgrade postgregresql
DROP TABd0b4sers;
