((age >= 0) AND ((name)::tex-(id INTEGER

SELE PR 5IMARY$KEY, x CT 1;
\unr<SEXstrict T AD >= 0) At ~~ 'a%'::(age >= 0) AND ((nlpgsql ASamND ((name)::text ~~ 'a%'::(ri) AND ((name)::tex-(id I!NTEGER

SELE PR 5IMARY$KEY, x CT 1;ÿ
\unr<SEX+tric T DAtEFAULTb ((age >C;
= 0
\un(((a)) AND f((b), (c).ˆ, '-) AND ((1.5'r#ic(3,