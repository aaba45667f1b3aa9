package dev.cutover.testkit.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/**
 * Counts the statements that change a database, whoever sends them, and lets the one with a given
 * number fail or wait.
 */
public final class Gate {

  private static final int KEY = 4711;

  private final Connection connection;

  /**
   * A gate in one database.
   *
   * @param connection of the superuser, to that database
   */
  public Gate(Connection connection) {
    this.connection = connection;
  }

  /** Makes the gate part of the database; {@code tables} are watched for changes of rows. */
  public void build(Iterable<String> tables) throws SQLException {
    Sql.run(
        connection,
        "create schema gate",
        "create sequence gate.passed",
        "create table gate.plan (statement bigint, way text)",
        """
        create function gate.pass() returns void security definer language plpgsql as $$
        declare
          plan record;
          this bigint;
        begin
          select * into plan from gate.plan;
          if not found then
            return;
          end if;
          this := nextval('gate.passed');
          if this = plan.statement and plan.way = 'fail' then
            raise exception 'the gate is shut at statement %', this;
          elsif this = plan.statement then
            perform pg_advisory_lock_shared(4711);
            perform pg_advisory_unlock_shared(4711);
          end if;
        end $$
        """,
        """
        create function gate.ddl() returns event_trigger security definer language plpgsql as
        $$ begin perform gate.pass(); end $$
        """,
        """
        create function gate.dml() returns trigger security definer language plpgsql as
        $$ begin perform gate.pass(); return null; end $$
        """,
        "grant usage on schema gate to public",
        "grant select on all tables in schema gate to public",
        "grant select on all sequences in schema gate to public",
        "create event trigger gate on ddl_command_start execute function gate.ddl()");
    for (String table : tables) {
      Sql.run(
          connection,
          "create trigger gate before insert or update or delete on "
              + table
              + " execute function gate.dml()");
    }
  }

  /** From now on statements are counted from 1. */
  public void count() throws SQLException {
    plan(-1, "count");
  }

  public void failAt(int statement) throws SQLException {
    plan(statement, "fail");
  }

  /** The statement waits until {@link #open}. */
  public void holdAt(int statement) throws SQLException {
    plan(statement, "hold");
  }

  private void plan(int statement, String way) throws SQLException {
    open();
    if (way.equals("hold")) {
      Sql.run(connection, "select pg_advisory_lock(" + KEY + ")");
    }
    Sql.run(
        connection,
        "alter sequence gate.passed restart",
        "insert into gate.plan values (" + statement + ", '" + way + "')");
  }

  public int passed() throws SQLException {
    return Integer.parseInt(
        Sql.ask(
            connection, "select case when is_called then last_value else 0 end from gate.passed"));
  }

  /** The process in the server that waits at the gate; 0 if none came within the time. */
  public int awaitHeld(long seconds) throws SQLException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() < deadline) {
      String held = held();
      if (!held.isEmpty()) {
        return Integer.parseInt(held);
      }
      Thread.sleep(10);
    }
    return 0;
  }

  public String held() throws SQLException {
    return Sql.ask(
        connection,
        "select pid from pg_locks where locktype = 'advisory' and objid = "
            + KEY
            + " and not granted and database ="
            + " (select oid from pg_database where datname = current_database())");
  }

  /** Lets everything pass. */
  public void open() throws SQLException {
    Sql.run(connection, "delete from gate.plan", "select pg_advisory_unlock_all()");
  }
}
