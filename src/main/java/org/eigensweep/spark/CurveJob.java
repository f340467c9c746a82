package org.eigensweep.spark;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.eigensweep.spark.curve.CurveReader;
import org.eigensweep.spark.curve.SweepCurves;
import org.eigensweep.spark.file.NewFile;
import org.eigensweep.spark.file.PlainFiles;
import org.eigensweep.spark.session.Session;

/** Reads the curves of output folders, once or again and again while sweeps run there. */
public final class CurveJob implements AutoCloseable {
  private final List<String> folders;
  private final Session session;

  private CurveJob(List<String> folders, Session session) {
    this.folders = folders;
    this.session = session;
  }

  public static CurveJob open(List<String> folders) {
    return new CurveJob(folders, Session.open("report"));
  }

  public SweepCurves read() {
    return CurveReader.read(table("trials"), table("steps"), table("eigenvalues"));
  }

  private Dataset<Row> table(String name) {
    return session
        .spark()
        .read()
        .option("mergeSchema", true)
        .parquet(folders.stream().map(folder -> folder + "/" + name).toArray(String[]::new));
  }

  public boolean running() {
    return false;
  }

  public void write(String file, NewFile.Content content) throws IOException {
    Path path = new Path(file);
    Configuration hadoop = session.context().hadoopConfiguration();
    NewFile.replace(PlainFiles.of(path, hadoop), path, content);
  }

  @Override
  public void close() {
    session.close();
  }
}
