package org.eigensweep.app;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.eigensweep.data.DataException;
import org.eigensweep.data.DataSource;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.InputShape;
import org.eigensweep.data.Split;
import org.eigensweep.data.files.FilesRequest;
import org.eigensweep.data.files.FilesSource;
import org.eigensweep.data.files.FoundFolder;
import org.eigensweep.data.files.FoundSet;
import org.eigensweep.data.files.LabelledTables;
import org.eigensweep.data.files.Layout;
import org.eigensweep.data.files.Reading;
import org.eigensweep.data.files.Standardization;

/**
 * What is told of data, in lines of at most 80 letters where no path is longer.
 *
 * @param firstLabel label of class 0
 * @param layout of images
 * @param most examples of a set to read, or all
 * @param hadoop the file systems
 */
record DataTelling(int firstLabel, Layout layout, OptionalInt most, Configuration hadoop) {
  private static final int WIDTH = 80;

  /** A space at which no line ends, until all lines are made: a letter that no path has. */
  private static final char UNBROKEN = '\ue000';

  /** Colours, and how clear they are. */
  private static final int MOST_CHANNELS = 4;

  /**
   * Reads a set and tells what it is.
   *
   * @throws DataException if it cannot be read
   */
  String set(FoundFolder folder, FoundSet set) {
    int train = count(set.train());
    int test = set.test().isPresent() ? count(set.test().get()) : 0;
    FilesSource source =
        new FilesRequest(
                set.train(),
                set.test(),
                new Reading(List.of(), layout, Standardization.BYTES),
                firstLabel,
                OptionalInt.empty(),
                train,
                test)
            .open(hadoop);
    Told told = new Told(set.name().isEmpty() ? "Training and test files" : set.name());
    told.line("files", set.train().inputs() + ", " + set.train().labels());
    set.test().ifPresent(files -> told.line("", files.inputs() + ", " + files.labels()));
    tell(told, source);
    if (set.test().isPresent()) {
      Split split = source.load(hadoop);
      told.examples("training", split.train());
      told.examples("test", split.test());
    } else {
      told.examples("training", source.loadTraining(hadoop));
      told.line("test", "none, enough for the command spectrum alone");
    }
    return told.line("settings", settings(folder, set, train, test)).text();
  }

  private int count(LabelledTables tables) {
    long rows = tables.inputs().open(hadoop).rows();
    int all = (int) Math.min(rows, Integer.MAX_VALUE);
    return Math.max(1, Math.min(all, most.orElse(all)));
  }

  private String settings(FoundFolder folder, FoundSet set, int train, int test) {
    List<String> settings = new ArrayList<>();
    settings.add("data.kind=files");
    settings.add("data.dir=" + folder.path().toUri().getPath());
    if (folder.sets().size() > 1) {
      settings.add("data.subset=" + set.name());
    }
    if (firstLabel != 0) {
      settings.add("data.first-label=" + firstLabel);
    }
    if (layout == Layout.CHANNELS_LAST) {
      settings.add("data.layout=channels-last");
    }
    settings.add("data.train-examples=" + train);
    if (test > 0) {
      settings.add("data.test-examples=" + test);
    }
    return asOptions(settings);
  }

  /** As a shell takes them, each on one line. */
  private static String asOptions(List<String> settings) {
    return settings.stream()
        .map(setting -> ("--set " + ShellWord.of(setting)).replace(' ', UNBROKEN))
        .collect(Collectors.joining(" "));
  }

  /** Tells of the first examples of a data set with a kind of its own. */
  String known(KnownData data) {
    Told told = new Told(data.name());
    told.line("files", data.folder().toString());
    tell(told, data.source());
    try {
      Dataset train = data.source().loadTraining(hadoop);
      told.line("training", "%d examples, the first ones".formatted(train.examples()));
      told.line("", train.sha256());
    } catch (DataException e) {
      told.line("training", e.getMessage());
    }
    return told.line(
            "settings",
            asOptions(
                List.of("data.kind=" + data.kind(), "data.dir=" + data.folder().toUri().getPath())))
        .text();
  }

  /** Tells why a set cannot be read. */
  String unreadable(FoundSet set, String why) {
    return new Told(set.name().isEmpty() ? "Training and test files" : set.name())
        .line("not read", why)
        .text();
  }

  /** Tells why a file is in no set; nothing where it is part of a known one. */
  String other(Path path, String why, List<KnownData> known) {
    return known.stream().anyMatch(data -> data.holds(path))
        ? ""
        : new Told(path.getName()).line("not read", withoutPath(path, why)).text();
  }

  private static String withoutPath(Path path, String why) {
    return why.startsWith(path + ": ") ? why.substring((path + ": ").length()) : why;
  }

  private static void tell(Told told, DataSource source) {
    InputShape shape = source.shape();
    if (source.vocabulary().isPresent()) {
      told.line("shape", "%d tokens, %d classes".formatted(shape.width(), source.classes()));
      return;
    }
    boolean flat = shape.channels() == 1 && shape.height() == 1;
    told.line(
        "shape",
        flat
            ? "%d features, %d classes".formatted(shape.width(), source.classes())
            : "%d x %d x %d (channels, height, width), %d classes"
                .formatted(shape.channels(), shape.height(), shape.width(), source.classes()));
    if (!flat && shape.width() <= MOST_CHANNELS && shape.channels() > MOST_CHANNELS) {
      told.line("", "if the last size is that of the channels, say --channels-last");
    }
  }

  /** Lines beneath a title. */
  private static final class Told {
    private static final String INDENT = " ".repeat(12);
    private final StringBuilder text = new StringBuilder();

    Told(String title) {
      text.append(title).append('\n');
    }

    Told examples(String part, Dataset data) {
      line(part, "%d examples".formatted(data.examples()));
      return line("", data.sha256());
    }

    Told line(String key, String value) {
      StringBuilder line = new StringBuilder("  %-10s".formatted(key));
      boolean empty = true;
      for (String word : value.split(" ", -1)) {
        if (!empty && line.length() + 1 + word.length() > WIDTH) {
          text.append(line).append('\n');
          line = new StringBuilder(INDENT);
          empty = true;
        }
        line.append(empty ? "" : " ").append(word);
        empty = false;
      }
      text.append(line).append('\n');
      return this;
    }

    String text() {
      return text.toString().replace(UNBROKEN, ' ');
    }
  }
}
