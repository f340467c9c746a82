package org.eigensweep.spark.output;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.eigensweep.spark.failure.OutputException;
import org.eigensweep.spark.table.Provenance;
import org.eigensweep.spark.table.Table;
import org.eigensweep.spark.table.TrialsTable;

/**
 * What an output folder holds beside the trials of a sweep: trials of other settings or data, which
 * may share it, and files that no sweep has written, which may not.
 *
 * @param seals of the folder
 * @param trials names of the sweep's trials
 * @param provenance of the sweep
 * @param hadoop the file systems
 */
record OtherTrials(Seals seals, Set<String> trials, Provenance provenance, Configuration hadoop) {
  /** A trial's name ends with its hash. */
  private static final Pattern NAME = Pattern.compile(".+-[0-9a-f]{12}");

  /**
   * Refuses what readers of the tables would take for rows of a trial, such as a copy.
   *
   * @throws OutputException naming the first file
   */
  void requireOurs() throws IOException {
    for (Table<?> table : Seals.TABLES) {
      for (FileStatus entry : entries(table)) {
        if (!isOurs(entry)) {
          throw new OutputException(
              "%s holds %s/%s, which is no file of a trial; move it away or choose another eigensweep.output"
                  .formatted(seals.output(), table.name(), entry.getPath().getName()));
        }
      }
    }
  }

  private boolean isOurs(FileStatus entry) {
    String name = entry.getPath().getName();
    return Table.isHidden(name)
        || (entry.isFile()
            && Table.idOf(name).filter(id -> NAME.matcher(id).matches()).isPresent());
  }

  private List<FileStatus> entries(Table<?> table) throws IOException {
    Path folder = table.folder(seals.output());
    return seals.files().exists(folder) ? List.of(seals.files().listStatus(folder)) : List.of();
  }

  /** How many complete trials of others there are, and how the latest differs; empty if none. */
  Optional<String> line() throws IOException {
    List<FileStatus> others = new ArrayList<>();
    for (FileStatus entry : entries(TrialsTable.TABLE)) {
      Optional<String> id = Table.idOf(entry.getPath().getName());
      if (id.isPresent() && !trials.contains(id.get()) && seals.isSealed(id.get())) {
        others.add(entry);
      }
    }
    if (others.isEmpty()) {
      return Optional.empty();
    }
    FileStatus latest =
        others.stream()
            .max(Comparator.comparingLong(FileStatus::getModificationTime))
            .orElseThrow();
    return Optional.of(
        "%s holds %d other %s, which %s%s"
            .formatted(
                seals.output(),
                others.size(),
                others.size() == 1 ? "trial" : "trials",
                others.size() == 1 ? "stays" : "stay",
                difference(Table.idOf(latest.getPath().getName()).orElseThrow())));
  }

  private String difference(String other) throws IOException {
    List<List<String>> rows;
    try {
      rows =
          TrialsTable.TABLE.read(hadoop, seals.output(), other, new Difference(provenance)::found);
    } catch (IOException | OutputException e) {
      return ""; // whatever is wrong with it, it is none of this sweep's trials
    }
    List<String> differences = rows.isEmpty() ? List.of() : rows.get(0);
    return differences.isEmpty() ? "" : "; the latest has " + String.join(", ", differences);
  }
}
