-- dump
\restrict AbC'

SELECT 1;
\unrestrict AbC
