package org.eigensweep.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Makes the tables of a large sweep, to measure what reads them: 204 trials (17 learning rates, 4
 * seeds, 3 branches) of 20,000 steps, a row for each, with 20 eigenvalues. The curves look like
 * real ones and are noise around formulas.
 */
public final class LargeFolder {
  private static final int STEPS = 20_000;
  private static final int PAIRS = 20;

  private LargeFolder() {}

  /** Makes them in a new folder, the argument. */
  public static void main(String[] args) throws IOException, SQLException {
    Path output = Path.of(args[0]);
    for (String table : List.of("trials", "steps", "eigenvalues")) {
      Files.createDirectories(output.resolve(table));
    }
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      int trial = 0;
      for (int rate = 0; rate < 17; rate++) {
        for (int seed = 0; seed < 4; seed++) {
          for (String branch : List.of("plain", "dominant", "bulk")) {
            write(statement, output, trial++, 0.001 * Math.pow(1.3, rate), seed, branch);
          }
        }
      }
    }
  }

  private static void write(
      Statement statement, Path output, int trial, double rate, int seed, String branch)
      throws SQLException {
    String hash = "%012x".formatted(0x5eed00000000L + trial);
    String identity =
        """
        '%s' as trial, 'large' as experiment, 'made' as data, 'made' as model, 'mse' as loss, 'sgd' as optimizer,
        50::int as batch_size, %s::double as learning_rate, %d::bigint as seed, 10::int as rank, '%s' as branch,
        1::double as a, 1::double as b, null::varchar as branch_method
        """
            .formatted(hash, rate, seed, branch);
    String name = "lr%s-seed%d-rank10-%s-%s".formatted(rate, seed, branch, hash);
    String fall = branch.equals("dominant") ? "least(t, 4000)" : "t";
    copy(
        statement,
        output.resolve("steps"),
        name,
        """
        select %s, t::int as step, case when t < 4000 then 'trunk' else 'branch' end as phase,
          0.05 + exp(-%s / 6000.0) * (0.5 + 0.02 * random()) as train_loss, 0.9 - 0.5 * exp(-t / 3000.0) as test_accuracy,
          0.95 + 0.05 * random() as chi_gradient, random() as chi_update, %s * random() as learning_rate_dominant,
          %s * (0.5 + random()) as learning_rate_bulk, case when t >= 4000 then sqrt(t - 4000) end as distance,
          null::double as distance_to_plain, 20 + random() as sharpness, 2 / %s as stability_threshold
        from range(%d) as steps(t)
        """
            .formatted(identity, fall, rate, rate, rate, STEPS + 1));
    copy(
        statement,
        output.resolve("eigenvalues"),
        name,
        """
        select %s, t::int as step, p::int as pair, 20 * pow(0.8, p) + random() as eigenvalue, 0.001 * random() as residual,
          random() as cosine
        from range(%d) as steps(t), range(1, %d) as pairs(p)
        """
            .formatted(identity, STEPS + 1, PAIRS + 1));
    copy(
        statement,
        output.resolve("trials"),
        name,
        """
        select %s, 1::int as schema_version, 'completed' as status, 4000::int as switch_step, 0.96::double as switch_chi,
          %d::int as final_step, 0.07::double as final_train_loss, 0.9::double as final_test_accuracy,
          '{"training":{"steps":%d}}' as settings, 'here' as host, 1::int as threads
        """
            .formatted(identity, STEPS, STEPS));
  }

  private static void copy(Statement statement, Path table, String name, String query)
      throws SQLException {
    statement.execute(
        "copy (%s) to '%s' (format parquet, kv_metadata {'eigensweep.schema': '1'})"
            .formatted(query, table.resolve(name + ".parquet")));
  }
}
