CASE WHEN ("userId" == [a b]) THEN (`key`) ELSE x'0AFf' END || "true" -> '$.a' ->> (1) != :p AND ?1 IN ((SELECT "order")) COLLATE nocase
