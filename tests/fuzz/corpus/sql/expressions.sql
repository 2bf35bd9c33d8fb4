((age >= 0) AND ((name)::text ~~ 'a%'::text)) OR (x <> ALL (ARRAY['a'::character varying, 'b'])) AND NOT ((a)) AND f((b), (c).d, '-1.5'::numeric(3,2), (-1)::int, NULL::timestamp(3) with time zone, '{}'::int[][2], E'it\'s' 'x', U&'\0061' UESCAPE '!', $$x$$, a NOT ILIKE ('x'), "User", "users", U&"d\0061t\+000061", B'01', 'a'
'b', interval '1' day)
