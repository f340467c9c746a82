package org.eigensweep.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.eigensweep.app.Captured;

/**
 * The tables of a small sweep of quadratics with a name that is hard on its readers, run once for
 * all tests: three trials that end and three that diverge.
 */
public final class SmallSweep {
  /** A formula, with a comma and quotes, and what paths and MLflow's names have no room for. */
  public static final String NAME = "=1+\"x\", ../ä:b";

  public static final int TRIALS = 6;
  public static final int DIVERGED = 3;

  private static final String CONF =
      """
      eigensweep {
        name = "=1+\\"x\\", ../ä:b"
        problem = quadratic
        quadratic { eigenvalues = [4, 1, -0.5], basis = random, examples = 6, noise = 0.1 }
        training { batch-size = 2, sampling = independent, steps = 40, switch { on = step, step = 20 } }
        eigenspace { pairs = 2, tolerance = 1e-6 }
        measure {
          every = 1, overlaps = [1, 5]
          spectrum { every = 20, trace-products = 4, density-vectors = 1, density-steps = 3 }
        }
        sweep { learning-rates = [0.05, 1e160], seeds = [0], ranks = [1] }
      }
      """;

  private static Path folder;

  private SmallSweep() {}

  /** The folder of its tables; nobody writes there. */
  public static synchronized Path folder() throws IOException {
    if (folder == null) {
      Path made = Files.createTempDirectory("small-sweep");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(made)));
      Path conf = Files.writeString(made.resolve("a.conf"), CONF);
      Path output = made.resolve("out");
      Captured ran = Captured.execute("run", conf.toString(), "--set", "output=" + output);
      assertThat(ran.status()).as(ran.err()).isZero();
      folder = output;
    }
    return folder;
  }

  /** A copy of the tables, to be spoilt. */
  public static Path copyTo(Path target) throws IOException {
    Path from = folder();
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Files.copy(path, target.resolve(from.relativize(path).toString()));
      }
    }
    return target;
  }

  /** The names of the trials' files. */
  public static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder().resolve("trials"))) {
      return files.map(f -> f.getFileName().toString().replace(".parquet", "")).sorted().toList();
    }
  }

  /** What DuckDB reads, each row with bars between its values; %s is the folder. */
  public static List<String> select(String query) throws IOException {
    List<String> rows = new ArrayList<>();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet found = statement.executeQuery(query.replace("%s", folder().toString()))) {
      while (found.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
          row.add(found.getString(i));
        }
        rows.add(String.join("|", row));
      }
    } catch (SQLException e) {
      throw new IOException(e);
    }
    return rows;
  }

  private static void delete(Path root) {
    try (Stream<Path> all = Files.walk(root)) {
      all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
