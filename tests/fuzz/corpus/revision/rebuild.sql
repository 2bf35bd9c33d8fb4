-- Revision ID: a
-- autogen:upgrade sqlite
-- autogen:rebuild "a\x0ab" 0123456789abcdef
CREATE TABLE x (a);
CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END;
-- autogen:end
-- autogen:part
SELECT '
-- autogen:part
';
