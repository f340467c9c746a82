package org.eigensweep.spark.reading;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.eigensweep.spark.failure.OutputException;
import org.eigensweep.spark.table.DensityTable;
import org.eigensweep.spark.table.EigenvaluesTable;
import org.eigensweep.spark.table.LayersTable;
import org.eigensweep.spark.table.OverlapsTable;
import org.eigensweep.spark.table.StepsTable;
import org.eigensweep.spark.table.Table;
import org.eigensweep.spark.table.TrialsTable;

/** The files of all trials of one output folder. */
final class FolderListing {
  /**
   * In the order in which they must be listed: a trial's row in {@code trials} is written last, so
   * a trial that has one has all its other rows when these are listed.
   */
  private static final List<Table<?>> TABLES =
      List.of(
          TrialsTable.TABLE,
          StepsTable.TABLE,
          EigenvaluesTable.TABLE,
          OverlapsTable.TABLE,
          DensityTable.TABLE,
          LayersTable.TABLE);

  /** A trial's file is named after its place in the sweep and its hash. */
  private static final Pattern NAME = Pattern.compile(".+-([0-9a-f]{12})");

  private static final Pattern UNFINISHED = Pattern.compile("\\.(.+)\\.unfinished");

  private final FileSystem files;
  private final Path folder;
  private final Map<String, Map<String, Path>> trials = new TreeMap<>();

  private FolderListing(FileSystem files, Path folder) {
    this.files = files;
    this.folder = folder;
  }

  /**
   * The trials that have rows in a folder, in order of their hashes; none if it is no output folder
   * of a sweep.
   *
   * @throws OutputException if a file in a table is none of a trial, or a finished trial has no
   *     rows in {@code steps}
   * @throws IOException if the folder cannot be read
   */
  static List<TrialFiles> of(FileSystem files, Path folder) throws IOException {
    FolderListing listing = new FolderListing(files, folder);
    for (Table<?> table : TABLES) {
      listing.add(table);
    }
    List<TrialFiles> found = new ArrayList<>();
    listing.trials.forEach((trial, of) -> found.add(new TrialFiles(trial, Map.copyOf(of))));
    found.sort(Comparator.comparing(TrialFiles::trial));
    for (TrialFiles trial : found) {
      listing.requireSteps(trial);
    }
    return found.stream().filter(trial -> trial.in(StepsTable.TABLE).isPresent()).toList();
  }

  private void requireSteps(TrialFiles trial) {
    if (trial.isFinished() && trial.in(StepsTable.TABLE).isEmpty()) {
      throw new OutputException(
          "%s has trial %s in trials and not in steps, expected its rows in both; run its sweep again, which makes them anew"
              .formatted(folder, trial.trial()));
    }
  }

  private void add(Table<?> table) throws IOException {
    for (FileStatus entry : settled(new Path(folder, table.name()))) {
      String name = entry.getPath().getName();
      if (Table.isHidden(name)) {
        continue;
      }
      String trial = trialOf(entry).orElseThrow(() -> foreign(table, name));
      trials.computeIfAbsent(trial, hash -> new HashMap<>()).put(table.name(), entry.getPath());
    }
  }

  private static Optional<String> trialOf(FileStatus entry) {
    return Table.idOf(entry.getPath().getName())
        .map(NAME::matcher)
        .filter(matcher -> entry.isFile() && matcher.matches())
        .map(matcher -> matcher.group(1));
  }

  private OutputException foreign(Table<?> table, String name) {
    return new OutputException(
        "%s holds %s/%s, which is no file of a trial, expected only files that eigensweep run wrote; move it away"
            .formatted(folder, table.name(), name));
  }

  /**
   * What is in a table's folder. Where a running sweep writes a trial's file anew, the file is gone
   * for a moment; it is waited for.
   */
  private List<FileStatus> settled(Path table) throws IOException {
    List<FileStatus> entries = entries(table);
    for (Patience patience = new Patience(); isBeingReplaced(entries) && patience.waits(); ) {
      entries = entries(table);
    }
    return entries;
  }

  private List<FileStatus> entries(Path table) throws IOException {
    try {
      return List.of(files.listStatus(table));
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  private static boolean isBeingReplaced(List<FileStatus> entries) {
    List<String> names = entries.stream().map(entry -> entry.getPath().getName()).toList();
    return names.stream()
        .map(UNFINISHED::matcher)
        .filter(Matcher::matches)
        .anyMatch(matcher -> !names.contains(matcher.group(1)));
  }
}
