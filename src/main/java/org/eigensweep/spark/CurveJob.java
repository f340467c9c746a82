package org.eigensweep.spark;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.eigensweep.spark.curve.CurveReader;
import org.eigensweep.spark.curve.SweepCurves;
import org.eigensweep.spark.failure.Failures;
import org.eigensweep.spark.failure.OutputException;
import org.eigensweep.spark.file.NewFile;
import org.eigensweep.spark.file.PlainFiles;
import org.eigensweep.spark.output.OutputLock;
import org.eigensweep.spark.reading.SweepFolders;
import org.eigensweep.spark.reading.SweepTables;
import org.eigensweep.spark.session.Session;

/** Reads the curves of output folders, once or again and again while sweeps run there. */
public final class CurveJob implements AutoCloseable {
  private static final String NAME = "report";

  private final List<String> given;
  private final Configuration hadoop;
  private final SweepFolders found;
  private Session session;

  private CurveJob(List<String> given, Configuration hadoop) {
    this.given = given;
    this.hadoop = hadoop;
    this.found = SweepFolders.find(given, hadoop);
  }

  /**
   * Looks at folders; Spark starts with the first reading.
   *
   * @param given output folders, Hadoop paths or patterns
   * @throws OutputException if one holds no tables of this version
   * @throws org.eigensweep.spark.session.MasterException if a cluster does not answer
   */
  public static CurveJob open(List<String> given) {
    Configuration hadoop = Session.fileSystems();
    CurveJob job = new CurveJob(given, hadoop);
    Session.requireMaster();
    return job;
  }

  /** A file of this name in the first of the folders. */
  public String inFirst(String name) {
    return found.inFirst(name);
  }

  /**
   * Makes sure that a file has a folder to be in.
   *
   * @throws OutputException if it has not, or is a folder itself
   */
  public void requirePlace(String file) {
    try {
      Path path = new Path(file);
      FileSystem system = PlainFiles.of(path, hadoop);
      Path folder = system.makeQualified(path).getParent();
      if (folder == null || !system.exists(folder) || !system.getFileStatus(folder).isDirectory()) {
        throw new OutputException(
            "%s: there is no folder to write it in; make the folder, or name another file"
                .formatted(file));
      }
      if (system.exists(path) && system.getFileStatus(path).isDirectory()) {
        throw new OutputException("%s: is a folder, expected a file; name one".formatted(file));
      }
    } catch (IOException | IllegalArgumentException e) {
      throw cannotWrite(file, e);
    }
  }

  /**
   * Makes a folder, unless it is there.
   *
   * @throws OutputException if it cannot be made
   */
  public void requireFolder(String folder) {
    try {
      Path path = new Path(folder);
      if (!PlainFiles.of(path, hadoop).mkdirs(path)) {
        throw new IOException("the file system refused");
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new OutputException(
          "%s: no such folder can be made (%s); name another".formatted(folder, Failures.line(e)),
          e);
    }
  }

  private static OutputException cannotWrite(String file, Exception e) {
    return new OutputException(
        "%s: cannot be written (%s); name a file in a folder that can be written"
            .formatted(file, Failures.line(e)),
        e);
  }

  /**
   * What the tables say now.
   *
   * @throws OutputException if they cannot be read any more
   */
  public SweepCurves read() {
    SweepFolders folders = SweepFolders.find(given, hadoop);
    if (session == null) {
      session = Session.openForTables(NAME);
    }
    return CurveReader.read(new SweepTables(session.spark(), folders));
  }

  /** Whether a sweep is at work in one of the folders. */
  public boolean isRunning() {
    return SweepFolders.find(given, hadoop).folders().stream().anyMatch(this::isTaken);
  }

  private boolean isTaken(String folder) {
    try {
      Path path = new Path(folder);
      return OutputLock.isTaken(PlainFiles.of(path, hadoop), path);
    } catch (IOException e) {
      throw new OutputException(
          "%s: cannot be read (%s); try again when it can".formatted(folder, Failures.line(e)), e);
    }
  }

  /**
   * Writes a file beside its place and moves it there when it is whole.
   *
   * @throws OutputException if that fails; nothing is left then
   */
  public void write(String file, NewFile.Content content) {
    try {
      Path path = new Path(file);
      NewFile.replace(PlainFiles.of(path, hadoop), path, content);
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  @Override
  public void close() {
    if (session != null) {
      session.close();
    }
  }
}
