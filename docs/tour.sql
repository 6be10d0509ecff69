SELECT TOP 1 kind, visits / 2 AS half
FROM (SELECT 'view ' AS kind, 7 AS visits) v
WHERE kind = 'view' AND half > 1;
