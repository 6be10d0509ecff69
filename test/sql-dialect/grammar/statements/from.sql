-- Joins
SELECT * FROM books b JOIN authors a ON a.id = b.author_id LEFT OUTER JOIN loans USING (book_id, reader_id) RIGHT JOIN readers r ON true FULL OUTER JOIN shelves s ON s.id = b.shelf CROSS JOIN floors INNER JOIN x ON 1 = 1;
SELECT * FROM books NATURAL JOIN authors NATURAL LEFT JOIN loans;
SELECT * FROM books b LEFT JOIN (authors a JOIN prizes p ON p.author_id = a.id) ON a.id = b.author_id;
SELECT * FROM books b LEFT JOIN authors a JOIN prizes p ON p.author_id = a.id ON a.id = b.author_id;
SELECT * FROM (books b CROSS JOIN authors) AS j, readers;
SELECT * FROM ((SELECT 1 AS a) UNION ALL (SELECT 2)) u;
SELECT * FROM ((SELECT 1 AS a)) AS u (b);
SELECT * FROM (((books))) JOIN ((SELECT 1 x) s CROSS JOIN authors) ON true;
SELECT * FROM books b, LATERAL (SELECT * FROM loans l WHERE l.book_id = b.id) x;
SELECT * FROM readers r, loans l WHERE r.id = l.reader_id (+) AND l.returned(+) IS NULL AND "l"."x" (+) = 3;
-- Names
SELECT * FROM dev.library.books, library.authors AS a, #scratch s, "#Odd", "weird name" w;
SELECT * FROM books AS b (id, title, pages);
-- Functions
SELECT * FROM generate_series(1, 10) AS g (n);
SELECT * FROM pg_get_late_binding_view_cols() lbv (view_schema name, view_name name, col_name name, col_type varchar, col_num int);
SELECT * FROM pg_catalog.generate_series(1, 3), f() x;
-- SUPER
SELECT o.items, i.price, idx FROM orders o, o.items AS i AT idx;
SELECT v, k FROM orders o, UNPIVOT o.attributes AS v AT k;
SELECT v FROM orders o LEFT JOIN UNPIVOT o.attributes v AT k ON true;
SELECT i FROM orders o LEFT JOIN o.items AS i ON true LEFT JOIN o.tags t;
SELECT x FROM orders o, o.lines[0].parts AS x AT n, o.a.b.c.d y;
SELECT e FROM orders o, UNNEST(o.items) AS e;
SELECT e.a, off FROM orders o, UNNEST(o.items) WITH OFFSET AS e (a, off);
SELECT e FROM orders o, o.items i, i.parts e AT e_idx WHERE e.n > i.n;
SELECT array, element FROM grids g, g.cells AS array, array AS element;
-- Pivot
SELECT * FROM (SELECT shelf, pages, kind FROM books) PIVOT (avg(pages) FOR kind IN ('novel', 'essay' AS essay, 'poem' AS "Poem"));
SELECT * FROM books PIVOT (sum(pages) AS s, count(*) AS c FOR shelf IN (1, 2 AS two)) AS p WHERE p.two_s > 1;
SELECT * FROM (SELECT a, b, c FROM figures) UNPIVOT (amount FOR which IN (a, b AS bee, c AS 'sea'));
SELECT * FROM figures UNPIVOT INCLUDE NULLS (amount FOR which IN (a, b)) u JOIN names ON true;
SELECT * FROM figures UNPIVOT EXCLUDE NULLS (amount FOR which IN (a));
