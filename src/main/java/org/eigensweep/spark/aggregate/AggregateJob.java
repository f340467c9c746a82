package org.eigensweep.spark.aggregate;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.eigensweep.spark.failure.Failures;
import org.eigensweep.spark.failure.OutputException;
import org.eigensweep.spark.failure.SweepException;
import org.eigensweep.spark.reading.SweepFolders;
import org.eigensweep.spark.reading.SweepTables;
import org.eigensweep.spark.session.Session;
import org.eigensweep.spark.table.IdentityColumns;

/** Draws the tables of sweeps together over seeds, by Spark SQL. */
public final class AggregateJob {
  private static final String NAME = "aggregate";
  private static final String FOLDER = "aggregates";

  /** About as many of a partition are sorted in memory. */
  private static final long ROWS = 100_000;

  private static final long MOST_PARTITIONS = 10_000;

  private static final StructType ROLES =
      new StructType()
          .add(IdentityColumns.TRIAL, DataTypes.StringType)
          .add("point", DataTypes.IntegerType)
          .add("role", DataTypes.IntegerType)
          .add("of_seed", DataTypes.LongType)
          .add("last", DataTypes.IntegerType);

  private final AggregateRequest request;
  private final SparkSession spark;
  private final SweepTables tables;

  private AggregateJob(AggregateRequest request, SparkSession spark, SweepFolders folders) {
    this.request = request;
    this.spark = spark;
    this.tables = new SweepTables(spark, folders);
  }

  /**
   * Writes the aggregates of one or several output folders, whole or not at all, in place of
   * earlier ones. A running Spark session is used and left running, otherwise one is started and
   * stopped.
   *
   * @throws OutputException if a folder cannot be read or written, before Spark starts where that
   *     can be seen, or if trials cannot be compared
   * @throws org.eigensweep.spark.session.MasterException if a cluster does not answer
   * @throws SweepException if reading or writing fails later; earlier aggregates stay
   */
  public static AggregateReport run(AggregateRequest request) {
    long start = System.nanoTime();
    Configuration hadoop = Session.fileSystems();
    SweepFolders folders = SweepFolders.find(request.folders(), hadoop);
    Session.requireMaster();
    String output = request.output().orElseGet(() -> within(folders));
    int points = write(request, folders, output, hadoop);
    return new AggregateReport(
        folders.finished() + folders.unfinished(),
        folders.unfinished(),
        points,
        output,
        (System.nanoTime() - start) / 1e9);
  }

  private static int write(
      AggregateRequest request, SweepFolders folders, String output, Configuration hadoop) {
    try (AggregateFolder folder = AggregateFolder.open(output, hadoop);
        Session session = Session.openForTables(NAME)) {
      int points = new AggregateJob(request, session.spark(), folders).write(folder);
      folder.publish();
      return points;
    } catch (OutputException e) {
      throw e;
    } catch (Exception e) { // Scala throws checked exceptions without a word
      Throwable cause = Failures.root(e);
      throw new SweepException(
          "the aggregates in %s could not be made; cause: %s; earlier ones are as they were"
              .formatted(output, Failures.line(cause)),
          cause);
    }
  }

  private static String within(SweepFolders folders) {
    if (folders.folders().size() > 1) {
      throw new OutputException(
          "%d output folders, expected --output to name the folder of their aggregates"
              .formatted(folders.folders().size()));
    }
    return folders.inFirst(FOLDER);
  }

  /** Writes all tables, and says how many points there are. */
  private int write(AggregateFolder folder) throws IOException {
    Points points = Points.of(TrialReader.read(tables));
    writeSteps(folder, points);
    LossesReached reached = LossesReached.in(spark, tables.steps(), request.losses());
    folder.write(
        AggregateTables.REACHED,
        table(reached.ofTrials(points.all()), AggregateTables.REACHED_COLUMNS));
    folder.write(
        AggregateTables.REACHED_BY_POINT,
        table(reached.ofPoints(points.all()), AggregateTables.REACHED_BY_POINT_COLUMNS));
    return points.all().size();
  }

  private Dataset<Row> table(List<Row> rows, StructType columns) {
    return spark.createDataFrame(rows, columns).coalesce(1);
  }

  private void writeSteps(AggregateFolder folder, Points points) throws IOException {
    Dataset<Row> all = statistics(points).persist(StorageLevel.DISK_ONLY());
    try {
      Dataset<Row> names = broadcast(names(points));
      folder.write(
          AggregateTables.BY_STEP,
          named(all, StepGroups.OF_BY_STEP, names, AggregateTables.BY_STEP_COLUMNS));
      folder.write(
          AggregateTables.DIFFERENCES,
          named(
              all.withColumnRenamed("measured", "pairs"),
              StepGroups.OF_DIFFERENCES,
              names,
              AggregateTables.DIFFERENCES_COLUMNS));
    } finally {
      all.unpersist();
    }
  }

  /** The statistics of all points and steps, in their order. */
  private Dataset<Row> statistics(Points points) {
    Stream<Column> keys =
        Stream.of(
            col("point"),
            col("step"),
            col("role"),
            col("of_seed"),
            col("phase").equalTo("branch").as("switched"),
            col("sharpness").isNotNull().as("eigenspace"));
    Stream<Column> values = request.quantities().stream().map(functions::col);
    StepGroups groups =
        new StepGroups(
            request.quantities(),
            points.all().stream().map(Points::census).toList(),
            points.all().stream().map(points::pairs).toList(),
            request.bootstrap());
    return tables
        .steps()
        .join(broadcast(roles(points)), IdentityColumns.TRIAL)
        .where(col("step").leq(col("last")))
        .select(Stream.concat(keys, values).toArray(Column[]::new))
        .repartitionByRange(partitions(points), col("point"), col("step"))
        .sortWithinPartitions("point", "step", "role", "of_seed")
        .mapPartitions(groups, Encoders.row(StepGroups.OUT));
  }

  /** Spark joins small partitions by itself, but not of what it keeps. */
  private static int partitions(Points points) {
    long rows =
        points.all().stream()
            .flatMap(point -> point.trials().stream())
            .mapToLong(
                trial -> trial.rows() + points.twinOf(trial).map(SweepTrial::rows).orElse(0L))
            .sum();
    return (int) Math.min(1 + rows / ROWS, MOST_PARTITIONS);
  }

  /** Which groups the rows of a trial go to: those of its point, and of its twins' as plain. */
  private Dataset<Row> roles(Points points) {
    List<Row> roles = new ArrayList<>();
    for (int p = 0; p < points.all().size(); p++) {
      for (SweepTrial trial : points.all().get(p).trials()) {
        roles.add(role(trial, p, StepGroups.OWN));
        int point = p;
        points.twinOf(trial).ifPresent(twin -> roles.add(role(twin, point, StepGroups.TWIN)));
      }
    }
    return spark.createDataFrame(roles, ROLES);
  }

  private static Row role(SweepTrial trial, int point, int role) {
    return RowFactory.create(trial.hash(), point, role, trial.seed(), trial.life().last());
  }

  private Dataset<Row> names(Points points) {
    List<Row> names = new ArrayList<>();
    for (int p = 0; p < points.all().size(); p++) {
      List<Object> row = new ArrayList<>(points.all().get(p).values());
      row.add(p);
      names.add(RowFactory.create(row.toArray()));
    }
    return spark.createDataFrame(
        names, AggregateTables.point().add("point", DataTypes.IntegerType));
  }

  private static Dataset<Row> named(
      Dataset<Row> all, int table, Dataset<Row> names, StructType columns) {
    Column[] selected =
        Arrays.stream(columns.fields())
            .map(field -> col(field.name()).as(field.name(), field.metadata()))
            .toArray(Column[]::new);
    return all.where(col("table").equalTo(table)).join(names, "point").select(selected);
  }
}
