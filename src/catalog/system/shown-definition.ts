/**
 * The text of a view `r` of `relationRows` as PG_VIEWS and information_schema.views show it. That of a materialized
 * view begins with `create materialized view`: dbt and drivers distinguish the kinds by it.
 */
export const shownDefinition =
  "if(r.kind = 'materialized_view', 'create materialized view ' || if(regexp_full_match(r.name, " +
  "'[a-z_][a-z0-9_$]*'), r.name, " +
  `'"' || replace(r.name, '"', '""') || '"') || ' as ', '') || (r.definition->>'$.text')`;
