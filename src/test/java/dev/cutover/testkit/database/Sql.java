package dev.cutover.testkit.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Short words for JDBC. */
public final class Sql {

  private Sql() {}

  public static void run(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The rows, columns and rows joined by commas and semicolons. */
  public static String ask(Connection connection, String query) throws SQLException {
    StringBuilder rows = new StringBuilder();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        if (rows.length() > 0) {
          rows.append(';');
        }
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          rows.append(i == 1 ? "" : ",").append(result.getString(i));
        }
      }
    }
    return rows.toString();
  }
}
