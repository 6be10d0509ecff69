import java.sql.*;
import java.time.*;
import java.util.*;
import java.util.stream.*;

/** The corpus through pgjdbc: read from the environment variable CORPUS; prints one line a step. */
public class ThroughJdbc {
  static final Map<String, String> settings = new HashMap<>();
  static final List<String[]> columns = new ArrayList<>();

  static String sql(String name) {
    return settings.get("sql." + name);
  }

  static void say(String step, Object value) {
    System.out.println(step + ": " + value);
  }

  static Connection connect(String port, String settings) throws SQLException {
    return DriverManager.getConnection("jdbc:postgresql://localhost:" + port + "/dev?user=awsuser&password=any" + settings);
  }

  static Object one(Connection c, String text, Object... values) throws SQLException {
    try (PreparedStatement p = c.prepareStatement(text)) {
      for (int i = 0; i < values.length; i++) p.setObject(i + 1, values[i]);
      try (ResultSet r = p.executeQuery()) {
        r.next();
        return r.getObject(1);
      }
    }
  }

  static int run(Connection c, String text) throws SQLException {
    try (Statement s = c.createStatement()) {
      return s.executeUpdate(text);
    }
  }

  static String failure(Connection c, String text) {
    try (Statement s = c.createStatement()) {
      s.execute(text);
      return "no error";
    } catch (SQLException error) {
      return error.getSQLState();
    }
  }

  /** A parameter as a Java program has it. */
  static void bind(PreparedStatement p, int place, String type, String text) throws SQLException {
    switch (type) {
      case "boolean" -> p.setBoolean(place, text.equals("true"));
      case "smallint" -> p.setShort(place, Short.parseShort(text));
      case "integer" -> p.setInt(place, Integer.parseInt(text));
      case "bigint" -> p.setLong(place, Long.parseLong(text));
      case "decimal(38,10)" -> p.setBigDecimal(place, new java.math.BigDecimal(text));
      case "real" -> p.setFloat(place, Float.parseFloat(text));
      case "double precision" -> p.setDouble(place, Double.parseDouble(text));
      case "date" -> p.setDate(place, java.sql.Date.valueOf(text));
      case "timestamp" -> p.setTimestamp(place, Timestamp.valueOf(text));
      case "timestamptz" -> p.setObject(place, OffsetDateTime.parse(text.replace(' ', 'T') + ":00"));
      case "time" -> p.setObject(place, LocalTime.parse(text));
      case "timetz" -> p.setObject(place, OffsetTime.parse(text + ":00"));
      default -> p.setString(place, text);
    }
  }

  /** A value as Redshift writes it as text. */
  static String read(ResultSet r, int place, String type) throws SQLException {
    return switch (type) {
      case "boolean" -> String.valueOf(r.getBoolean(place));
      case "smallint" -> String.valueOf(r.getShort(place));
      case "integer" -> String.valueOf(r.getInt(place));
      case "bigint" -> String.valueOf(r.getLong(place));
      case "decimal(38,10)" -> r.getBigDecimal(place).toPlainString();
      case "real" -> String.valueOf(r.getFloat(place));
      case "double precision" -> String.valueOf(r.getDouble(place));
      case "date" -> r.getObject(place, LocalDate.class).toString();
      case "timestamp" -> r.getTimestamp(place).toString();
      case "timestamptz" -> r.getObject(place, OffsetDateTime.class).toString().replace('T', ' ').replace("Z", "+00");
      case "time" -> r.getObject(place, LocalTime.class).toString();
      case "timetz" -> r.getObject(place, OffsetTime.class).toString().replaceAll(":00$", "");
      default -> r.getString(place);
    };
  }

  static void types(Connection c) throws SQLException {
    run(c, sql("create"));
    try (PreparedStatement p = c.prepareStatement(sql("insert"))) {
      p.setInt(1, 1);
      for (int i = 0; i < columns.size(); i++) bind(p, i + 2, columns.get(i)[1], columns.get(i)[2]);
      p.executeUpdate();
      p.setInt(1, 2);
      for (int i = 0; i < columns.size(); i++) p.setNull(i + 2, Types.NULL);
      p.executeUpdate();
    }
    try (PreparedStatement p = c.prepareStatement(sql("select"))) {
      // From the sixth time on the statement is named, and values come in binary.
      List<String> before = null;
      for (int times = 1; times <= 7; times++) {
        p.setInt(1, 1);
        List<String> values = new ArrayList<>();
        try (ResultSet r = p.executeQuery()) {
          r.next();
          for (int i = 0; i < columns.size(); i++) values.add(read(r, i + 1, columns.get(i)[1]));
        }
        if (before != null && !before.equals(values)) throw new IllegalStateException(before + " then " + values);
        before = values;
      }
      for (int i = 0; i < columns.size(); i++) say(columns.get(i)[0] + " " + columns.get(i)[1], before.get(i));
      p.setInt(1, 2);
      try (ResultSet r = p.executeQuery()) {
        r.next();
        int nulls = 0;
        for (int i = 0; i < columns.size(); i++) if (r.getObject(i + 1) == null) nulls++;
        say("nulls", nulls);
      }
    }
    try (PreparedStatement p = c.prepareStatement(sql("parameters"))) {
      p.setInt(1, 41);
      p.setString(2, "o'clock");
      p.setNull(3, Types.INTEGER);
      try (ResultSet r = p.executeQuery()) {
        r.next();
        say("parameters", r.getInt(1) + "|" + r.getString(2) + "|" + (r.getObject(3) == null ? "NULL" : "a value"));
      }
    }
  }

  static void transactions(Connection c) throws SQLException {
    c.setAutoCommit(false);
    try (Statement s = c.createStatement()) {
      s.setFetchSize(1000);
      long rows = 0, sum = 0;
      try (ResultSet r = s.executeQuery(sql("many"))) {
        for (; r.next(); rows++) sum += r.getLong(1);
      }
      say("cursor", rows + " rows, sum " + sum);
    }
    c.commit();
    run(c, sql("add"));
    c.commit();
    say("commit", one(c, sql("count")));
    run(c, sql("remove"));
    c.rollback();
    say("rollback", one(c, sql("count")));
    c.commit();
    say("error", failure(c, sql("wrong")));
    c.rollback();
    say("after the error", one(c, sql("one")));
    failure(c, sql("wrong"));
    say("failed transaction", failure(c, sql("one")));
    c.rollback();
    say("after the failed transaction", one(c, sql("count")));
    c.rollback();
    c.setAutoCommit(true);
  }

  static void cancel(Connection c) throws Exception {
    Object pid = one(c, sql("pid"));
    try (Statement s = c.createStatement(); Connection watcher = connect(settings.get("port"), "&sslmode=disable")) {
      Thread canceller = new Thread(() -> {
        try {
          while (((Number) one(watcher, sql("running"), pid)).intValue() == 0) Thread.sleep(20);
          s.cancel();
        } catch (Exception error) {
          throw new RuntimeException(error);
        }
      });
      canceller.start();
      try {
        s.execute(sql("endless"));
      } catch (SQLException error) {
        say("cancel", error.getSQLState());
      }
      canceller.join();
    }
    say("after the cancel", one(c, sql("one")));
  }

  static String listed(ResultSet r, String column) throws SQLException {
    List<String> names = new ArrayList<>();
    try (r) {
      while (r.next()) names.add(r.getString(column));
    }
    return String.join(", ", names);
  }

  static void metadata(Connection c, String table) throws SQLException {
    DatabaseMetaData m = c.getMetaData();
    String pattern = table.replace("_", "\\_");
    say("tables", listed(m.getTables(null, "public", pattern, new String[] {"TABLE"}), "TABLE_NAME"));
    say("columns", listed(m.getColumns(null, "public", pattern, null), "COLUMN_NAME"));
    say("key", listed(m.getPrimaryKeys(null, "public", table), "COLUMN_NAME"));
  }

  static void tls(String base) throws SQLException {
    String port = settings.get("tlsPort");
    try (Connection c = connect(port, "&sslmode=verify-full&sslrootcert=" + settings.get("ca"))) {
      say("tls", c.isValid(5));
    }
    try (Connection c = connect(port, "&sslmode=verify-full&sslrootcert=" + settings.get("otherCa"))) {
      say("tls of another authority", "accepted");
    } catch (SQLException error) {
      boolean refused = String.valueOf(error.getMessage()).contains("PKIX") || String.valueOf(error.getMessage()).contains("SSL error");
      say("tls of another authority", refused ? "refused" : error.toString());
    }
  }

  /** What pgjdbc has beside the corpus: batches, and the rest of what tools list. */
  static void own(Connection c) throws SQLException {
    run(c, "CREATE TABLE jdbc_own (n int primary key, name varchar(20), big decimal(38,2))");
    try (PreparedStatement p = c.prepareStatement("INSERT INTO jdbc_own VALUES (?, ?)")) {
      for (int i = 1; i <= 100; i++) {
        p.setInt(1, i);
        p.setString(2, "n" + i);
        p.addBatch();
      }
      say("batch", Arrays.stream(p.executeBatch()).sum() + " of " + one(c, "SELECT count(*) FROM jdbc_own"));
    }
    DatabaseMetaData m = c.getMetaData();
    List<String> types = new ArrayList<>();
    try (ResultSet r = m.getColumns(null, "public", "jdbc\\_own", null)) {
      while (r.next()) types.add(r.getString("TYPE_NAME") + " " + r.getInt("COLUMN_SIZE"));
    }
    say("own columns", String.join(", ", types));
    say("schemas", Arrays.asList(listed(m.getSchemas(), "TABLE_SCHEM").split(", ")).contains("public"));
    say("catalogs", listed(m.getCatalogs(), "TABLE_CAT"));
    say("imported keys", listed(m.getImportedKeys(null, "public", "jdbc_own"), "FKCOLUMN_NAME").length());
    say("indexes", listed(m.getIndexInfo(null, "public", "jdbc_own", true, false), "COLUMN_NAME"));
    say("types", Arrays.asList(listed(m.getTypeInfo(), "TYPE_NAME").split(", ")).contains("int4"));
    say("functions", listed(m.getFunctions(null, "public", "%"), "FUNCTION_NAME").length());
  }

  public static void main(String[] args) throws Exception {
    for (String line : System.getenv("CORPUS").split("\n")) {
      String[] parts = line.split("\t");
      if (parts.length == 2) settings.put(parts[0], parts[1]);
      else columns.add(new String[] {parts[0].substring(7), parts[1], parts[2]});
    }
    try (Connection c = connect(settings.get("port"), "&sslmode=disable")) {
      say("connect", one(c, sql("connect")));
      types(c);
      transactions(c);
      cancel(c);
      metadata(c, settings.get("table"));
      tls("");
      own(c);
    }
  }
}
