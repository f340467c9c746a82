package org.eigensweep.spark;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.eigensweep.spark.curve.CurveReader;
import org.eigensweep.spark.curve.SweepCurves;
import org.eigensweep.spark.failure.Failures;
import org.eigensweep.spark.failure.OutputException;
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

  /** Where its report goes. */
  public ReportFiles files() {
    return new ReportFiles(hadoop);
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

  @Override
  public void close() {
    if (session != null) {
      session.close();
    }
  }
}
