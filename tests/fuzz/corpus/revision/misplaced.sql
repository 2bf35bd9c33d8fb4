-- Revision ID: a
-- autogen:upgrade
SELECT 1
-- autogen:part
