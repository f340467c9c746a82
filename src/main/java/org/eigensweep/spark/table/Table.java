package org.eigensweep.spark.table;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A Parquet table with a folder a trial or a model, {@code <output>/<name>/<key>=<id>}. Spark's
 * writer moves a folder's file into place when it is complete, so a killed job leaves no
 * half-written rows; writing a trial again replaces its rows. Trials may be written concurrently.
 *
 * @param name folder of the table within the output folder
 * @param key the partition column, which holds the id
 * @param columns the columns, the partition column aside
 */
public record Table<T>(String name, String key, List<Column<T>> columns) {
  /** The partition column of the tables of trials. */
  static final String TRIAL = "trial";

  private StructType schema() {
    StructType schema = new StructType();
    for (Column<T> column : columns) {
      schema = schema.add(column.name(), column.type(), true, column.comment());
    }
    return schema;
  }

  private Row row(T source) {
    return RowFactory.create(columns.stream().map(c -> c.value().apply(source)).toArray());
  }

  /** Writes all rows of an id. */
  public void write(SparkSession spark, String output, String id, List<T> sources) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<Row> rows = sources.stream().map(this::row).toList();
    // Broadcast rather than parallelized: Spark warns of rows by the megabyte within a task.
    Broadcast<List<Row>> sent = context.broadcast(rows);
    try {
      JavaRDD<Row> one =
          context.parallelize(List.of(0), 1).flatMap(ignored -> sent.value().iterator());
      spark
          .createDataFrame(one, schema())
          .write()
          .mode(SaveMode.Overwrite)
          .parquet(folder(output, id));
    } finally {
      sent.destroy();
    }
  }

  /** All rows of some ids, at least one, each of which must have its folder. */
  public Dataset<Row> read(SparkSession spark, String output, List<String> ids) {
    return spark
        .read()
        .schema(schema().add(key, DataTypes.StringType))
        .option("basePath", folder(output)) // from here on, folders name the partition
        .parquet(ids.stream().map(id -> literal(folder(output, id))).toArray(String[]::new));
  }

  /** A path in which no character means others: Spark reads all paths that a pattern fits. */
  private static String literal(String path) {
    return path.replaceAll("[\\\\*?\\[\\]{}]", "\\\\$0");
  }

  /** The folder of an id's rows. */
  public String folder(String output, String id) {
    return folder(output) + "/" + partition(id);
  }

  /** The name of the folder of an id's rows. */
  public String partition(String id) {
    return key + "=" + id;
  }

  /** The table's folder. */
  public String folder(String output) {
    return output + "/" + name;
  }
}
