package org.eigensweep.spark.reading;

import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.eigensweep.spark.table.DensityTable;
import org.eigensweep.spark.table.EigenvaluesTable;
import org.eigensweep.spark.table.IdentityColumns;
import org.eigensweep.spark.table.LayersTable;
import org.eigensweep.spark.table.OverlapsTable;
import org.eigensweep.spark.table.StepsTable;
import org.eigensweep.spark.table.Table;
import org.eigensweep.spark.table.TrialsTable;

/**
 * The tables of output folders as Spark's data sets. Their columns are those of this version,
 * whatever is in the files: a column that a file has not is null, and a table without files has no
 * rows. A trial that is not finished has rows in all tables but {@code trials}, as many as were
 * written when they are read.
 */
public final class SweepTables {
  /** The column that {@link #identities} adds. */
  public static final String STATUS = "status";

  /** Its value for a trial that is not finished. */
  public static final String RUNNING = "running";

  private final SparkSession spark;
  private final List<TrialFiles> trials;
  private final Broadcast<SerializableConfiguration> hadoop;

  /**
   * Reads nothing yet.
   *
   * @param spark the session whose file systems are those that the folders were found on
   */
  public SweepTables(SparkSession spark, SweepFolders folders) {
    this.spark = spark;
    this.trials = folders.trials();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.hadoop = context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
  }

  /** A row for each finished trial. */
  public Dataset<Row> trials() {
    return table(TrialsTable.TABLE);
  }

  /** A row for each measured point. */
  public Dataset<Row> steps() {
    return table(StepsTable.TABLE);
  }

  /** A row for each tracked pair of each measured point. */
  public Dataset<Row> eigenvalues() {
    return table(EigenvaluesTable.TABLE);
  }

  /** A row for each lag and rank of each measured point; none unless a sweep asked for them. */
  public Dataset<Row> overlaps() {
    return table(OverlapsTable.TABLE);
  }

  /** A row for each mass of the spectral density at chosen points; none unless asked for. */
  public Dataset<Row> density() {
    return table(DensityTable.TABLE);
  }

  /** A row for the whole Hessian, and for each layer, at chosen points; none unless asked for. */
  public Dataset<Row> layers() {
    return table(LayersTable.TABLE);
  }

  /**
   * A row for each trial, finished or not: the columns that every table begins with, and its status
   * as in {@code trials}, or {@value #RUNNING}.
   */
  public Dataset<Row> identities() {
    List<String> identity = IdentityColumns.names();
    Column[] columns = identity.stream().map(functions::col).toArray(Column[]::new);
    Dataset<Row> running =
        growing(StepsTable.TABLE)
            .select(columns)
            .distinct()
            .withColumn(STATUS, functions.lit(RUNNING));
    return trials().select(STATUS, identity.toArray(String[]::new)).unionByName(running);
  }

  private Dataset<Row> table(Table<?> table) {
    return finished(table).union(growing(table));
  }

  private Dataset<Row> finished(Table<?> table) {
    String[] files =
        trials.stream()
            .filter(TrialFiles::isFinished)
            .flatMap(trial -> trial.in(table).stream())
            .map(SweepTables::literal)
            .toArray(String[]::new);
    StructType schema = table.sparkSchema();
    return files.length == 0
        ? spark.createDataFrame(List.<Row>of(), schema)
        : spark.read().schema(schema).parquet(files);
  }

  private Dataset<Row> growing(Table<?> table) {
    List<String> files =
        trials.stream()
            .filter(trial -> !trial.isFinished())
            .flatMap(trial -> trial.in(table).stream())
            .map(Path::toString)
            .toList();
    StructType schema = table.sparkSchema();
    if (files.isEmpty()) {
      return spark.createDataFrame(List.<Row>of(), schema);
    }
    Broadcast<SerializableConfiguration> conf = hadoop;
    JavaRDD<Row> rows =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(files, files.size())
            .flatMap(file -> GrowingFile.open(new Path(file), conf.value().value(), schema));
    return spark.createDataFrame(rows, schema);
  }

  /** A path as Spark takes it, which looks for patterns in what it is given. */
  private static String literal(Path file) {
    return file.toString().replaceAll("[{}\\[\\]*?\\\\]", "\\\\$0");
  }
}
