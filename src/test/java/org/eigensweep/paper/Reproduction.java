package org.eigensweep.paper;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.eigensweep.app.Captured;

/**
 * The tables of an experiment that was run from its settings file.
 *
 * @param output folder of the tables
 */
record Reproduction(Path output) {
  /** Runs {@code conf/paper/small/NAME.conf} as a user does, into a new folder. */
  static Reproduction of(String name, Path folder) {
    Path output = folder.resolve(name);
    Captured ran =
        Captured.execute(
            "run", "conf/paper/small/%s.conf".formatted(name), "--set", "output=" + output);
    assertThat(ran.status()).as(ran.err()).isZero();
    System.out.print(ran.out());
    return new Reproduction(output);
  }

  /**
   * The single numbers of a query's rows. In it, {@code steps}, {@code eigenvalues} and {@code
   * trials} are the tables.
   */
  List<Double> numbers(String query) {
    String tables = "";
    for (String table : List.of("steps", "eigenvalues", "trials")) {
      tables +=
          "%s %s as (select * from '%s/%s/*.parquet')"
              .formatted(tables.isEmpty() ? "with" : ",", table, output, table);
    }
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet rows = statement.executeQuery(tables + " " + query)) {
      List<Double> numbers = new ArrayList<>();
      while (rows.next()) {
        numbers.add(rows.getDouble(1));
      }
      return numbers;
    } catch (SQLException e) {
      throw new IllegalStateException(query, e);
    }
  }

  /** One number for each seed, in order of seeds, over rows of a branch that fulfil a condition. */
  List<Double> perSeed(String branch, String number, String condition) {
    return numbers(
        "select %s from steps where branch = '%s' and %s group by seed order by seed"
            .formatted(number, branch, condition));
  }

  /** By how much the training loss fell from the switch to the end, for each seed. */
  List<Double> descent(String branch) {
    return perSeed(branch, FALL, AFTER);
  }

  /** By how much the training loss falls from the first row to the last. */
  static final String FALL = "arg_min(train_loss, step) - arg_max(train_loss, step)";

  /** Rows after the switch. */
  static final String AFTER = "phase = 'branch'";
}
