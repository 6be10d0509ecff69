/** Functions Redshift has and duckshift does not, by their family: lower-case names, separated by blanks. */
const names: Readonly<Record<string, string>> = {
  spatial:
    'addbbox dropbbox geometrytype supportsbbox st_addpoint st_angle st_area st_asbinary st_asewkb st_asewkt st_asgeojson ' +
    'st_ashexewkb st_ashexwkb st_astext st_azimuth st_boundary st_buffer st_centroid st_collect st_contains ' +
    'st_containsproperly st_convexhull st_coveredby st_covers st_crosses st_dimension st_disjoint st_distance ' +
    'st_distancesphere st_dwithin st_endpoint st_envelope st_equals st_exteriorring st_force2d st_force3d st_force3dm ' +
    'st_force3dz st_force4d st_geogfromtext st_geogfromwkb st_geohash st_geometryn st_geometrytype st_geomfromewkb ' +
    'st_geomfromewkt st_geomfromgeohash st_geomfromgeojson st_geomfromgeosquare st_geomfromtext st_geomfromwkb ' +
    'st_geosquare st_interiorringn st_intersection st_intersects st_isclosed st_iscollection st_isempty st_ispolygonccw ' +
    'st_ispolygoncw st_isring st_issimple st_isvalid st_length st_length2d st_lengthsphere st_linefrommultipoint ' +
    'st_lineinterpolatepoint st_m st_makeenvelope st_makeline st_makepoint st_makepolygon st_memsize st_mmax st_mmin ' +
    'st_multi st_ndims st_npoints st_nrings st_numgeometries st_numinteriorrings st_numpoints st_perimeter ' +
    'st_perimeter2d st_point st_pointn st_points st_polygon st_removepoint st_reverse st_setpoint st_setsrid st_simplify ' +
    'st_srid st_startpoint st_touches st_transform st_union st_within st_x st_xmax st_xmin st_y st_ymax st_ymin st_z ' +
    'st_zmax st_zmin',
  H3: 'h3_boundary h3_center h3_fromlonglat h3_frompoint h3_isvalid h3_polyfill h3_resolution h3_tochildren h3_toparent',
  HyperLogLog: 'hll hll_create_sketch hll_cardinality hll_combine hll_combine_sketches',
  'machine learning': 'explain_model',
  hash: 'checksum',
  settings: 'set_config',
  'workload management': 'change_query_priority change_session_priority change_user_priority reboot_cluster',
  'IAM and account':
    'current_aws_account current_namespace current_session_arn default_iam_role get_mounted_role ' +
    'pg_get_grantee_by_iam_role pg_get_iam_role_by_user',
  role: 'pg_get_session_roles role_is_member_of',
};

/** Feature by function name, such as `spatial function ST_AREA`: a call gets 0A000 naming it instead of 42883. */
export const unsupportedFunctions: ReadonlyMap<string, string> = new Map(
  Object.entries(names).flatMap(([family, list]) =>
    list.split(' ').map((name) => [name, `${family} function ${name.toUpperCase()}`] as const),
  ),
);
