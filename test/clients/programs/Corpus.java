import java.sql.*;
import java.util.*;

/** pgjdbc: prints one line a step; the test compares them. Arguments: port, path of the CA certificate. */
public class Corpus {
  public static void main(String[] args) throws Exception {
    String base = "jdbc:postgresql://localhost:" + args[0] + "/dev?user=awsuser&password=any";
    try (Connection c = DriverManager.getConnection(base + "&sslmode=disable")) {
      try (Statement s = c.createStatement(); ResultSet r = s.executeQuery("SELECT true, 1::smallint, 2, 9000000000::bigint, 0.1::float8, 123.450::decimal(38,3), 'x'::varchar(3), NULL::int, date '2024-02-29', timestamp '2024-02-29 12:34:56.7'")) {
        r.next();
        List<Object> row = new ArrayList<>();
        for (int i = 1; i <= 10; i++) row.add(r.getObject(i));
        System.out.println("types " + row);
      }
      try (PreparedStatement p = c.prepareStatement("SELECT ?::int + 1, ?")) {
        p.setInt(1, 41);
        p.setString(2, "o'clock");
        for (int i = 0; i < 7; i++) try (ResultSet r = p.executeQuery()) { r.next(); if (i == 6) System.out.println("parameters " + r.getInt(1) + " " + r.getString(2)); }
      }
      try (Statement s = c.createStatement()) { s.execute("CREATE TABLE c_jdbc (n int primary key, name varchar(20))"); }
      c.setAutoCommit(false);
      try (PreparedStatement p = c.prepareStatement("INSERT INTO c_jdbc VALUES (?, ?)")) {
        for (int i = 1; i <= 100; i++) { p.setInt(1, i); p.setString(2, "n" + i); p.addBatch(); }
        System.out.println("batch " + Arrays.stream(p.executeBatch()).sum());
      }
      c.commit();
      try (Statement s = c.createStatement()) {
        s.setFetchSize(1000);
        long sum = 0;
        try (ResultSet r = s.executeQuery("SELECT n FROM generate_series(1, 10000) AS g(n)")) { while (r.next()) sum += r.getLong(1); }
        System.out.println("cursor " + sum);
      }
      c.commit();
      try (Statement s = c.createStatement()) { s.execute("DELETE FROM c_jdbc"); }
      c.rollback();
      try (Statement s = c.createStatement(); ResultSet r = s.executeQuery("SELECT count(*) FROM c_jdbc")) { r.next(); System.out.println("rollback " + r.getInt(1)); }
      try (Statement s = c.createStatement()) { s.execute("SELECT nope FROM c_jdbc"); } catch (SQLException e) { System.out.println("error " + e.getSQLState()); }
      try (Statement s = c.createStatement()) { s.execute("SELECT 1"); } catch (SQLException e) { System.out.println("failed transaction " + e.getSQLState()); }
      c.rollback();
      c.setAutoCommit(true);
      DatabaseMetaData m = c.getMetaData();
      try (ResultSet r = m.getTables(null, "public", "c\\_jdbc", null)) { while (r.next()) System.out.println("getTables " + r.getString("TABLE_NAME") + " " + r.getString("TABLE_TYPE")); }
      try (ResultSet r = m.getColumns(null, "public", "c\\_jdbc", null)) { while (r.next()) System.out.println("getColumns " + r.getString("COLUMN_NAME") + " " + r.getString("TYPE_NAME") + " " + r.getInt("COLUMN_SIZE")); }
      try (ResultSet r = m.getSchemas()) { int n = 0; while (r.next()) if (r.getString(1).equals("public")) n++; System.out.println("getSchemas " + n); }
      try (Statement s = c.createStatement()) {
        new Thread(() -> { try { Thread.sleep(500); s.cancel(); } catch (Exception e) { throw new RuntimeException(e); } }).start();
        s.execute("SELECT count(*) FROM generate_series(1, 100000) AS a(x), generate_series(1, 100000) AS b(y) WHERE x + y = -1");
      } catch (SQLException e) { System.out.println("cancel " + e.getSQLState()); }
    }
    try (Connection c = DriverManager.getConnection(base + "&sslmode=verify-full&sslrootcert=" + args[1])) { System.out.println("tls " + c.isValid(5)); }
  }
}
