package org.eigensweep.spark.session;

import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.sql.SparkSession;
import org.eigensweep.spark.sliced.SlicedDevice;
import scala.Option;

/** The Spark session of a command: the running one, which is left running, or else its own. */
public final class Session implements AutoCloseable {
  private final SparkSession spark;
  private final boolean own;

  private Session(SparkSession spark, boolean own) {
    this.spark = spark;
    this.own = own;
  }

  /**
   * Takes the running session, or starts one: on {@code spark.master} where spark-submit or a
   * system property names it, else on all cores of this machine.
   *
   * @param name the sweep's name
   */
  public static Session open(String name) {
    return running()
        .map(spark -> new Session(spark, false))
        .orElseGet(() -> new Session(start(ownSettings(name)), true));
  }

  /**
   * Takes the running session, or starts one that reads and writes tables and runs no trial; where,
   * as {@link #open} does.
   *
   * @param name what Spark's pages call the application
   */
  public static Session openForTables(String name) {
    return running()
        .map(spark -> new Session(spark, false))
        .orElseGet(() -> new Session(start(local(common(name))), true));
  }

  /** The context first: a session's builder would copy the settings into ordinary ones. */
  private static SparkSession start(SparkConf settings) {
    SparkContext context = SparkContext.getOrCreate(settings);
    return SparkSession.builder().sparkContext(context).getOrCreate();
  }

  /**
   * The settings of the session that {@link #open} would give; starts nothing.
   *
   * @param name the sweep's name
   */
  public static SparkConf settings(String name) {
    return running()
        .map(spark -> spark.sparkContext().getConf())
        .orElseGet(() -> ownSettings(name));
  }

  /**
   * The file systems of this process: those of Hadoop's configuration files, and those that {@code
   * spark.hadoop} settings add; starts nothing.
   */
  public static Configuration fileSystems() {
    ProcessUser.settle();
    SparkConf settings =
        running().map(spark -> spark.sparkContext().getConf()).orElseGet(SparkConf::new);
    return SparkHadoopUtil.get().newConfiguration(settings);
  }

  /**
   * Refuses a cluster that does not answer; starts nothing.
   *
   * @throws MasterException if nobody listens where {@code spark.master} says
   */
  public static void requireMaster() {
    if (running().isEmpty()) {
      String master = new SparkConf().get("spark.master", "local");
      ClusterMaster.of(master, fileSystems()).requireAnswer();
    }
  }

  private static Optional<SparkSession> running() {
    Option<SparkSession> running = SparkSession.getDefaultSession();
    return running.isDefined() && !running.get().sparkContext().isStopped()
        ? Optional.of(running.get())
        : Optional.empty();
  }

  private static SparkConf ownSettings(String name) {
    SparkConf settings = common(name);
    settings.set("spark.scheduler.mode", "FAIR");
    // A task waits for the executor that caches its data, unless that executor is lost.
    settings.setIfMissing("spark.locality.wait", "1h");
    // Shuffled rows go to that executor; otherwise Spark runs the task where most rows are.
    settings.setIfMissing(SlicedDevice.REDUCE_LOCALITY, "false");
    // Otherwise CUDA numbers GPUs by their speed, and nvidia-smi by their slots.
    settings.setIfMissing("spark.executorEnv.CUDA_DEVICE_ORDER", "PCI_BUS_ID");
    return local(settings);
  }

  private static SparkConf common(String name) {
    SparkConf settings = new SparkConf();
    settings.setAppName("eigensweep: " + name);
    settings.setIfMissing("spark.master", "local[*]");
    settings.set("spark.ui.showConsoleProgress", "false"); // it would write over our own bar
    settings.set("spark.serializer", JavaSerializer.class.getName()); // Kryo cannot read records
    settings.setIfMissing("spark.sql.debug.maxToStringFields", "100"); // the trials table has 40
    settings.setIfMissing("spark.ui.killEnabled", "false"); // the pages know no passwords
    return settings;
  }

  private static boolean isLocal(SparkConf settings) {
    return LocalSettings.applyTo(settings.get("spark.master"));
  }

  private static SparkConf local(SparkConf settings) {
    return isLocal(settings) ? LocalSettings.of(settings) : settings;
  }

  public SparkSession spark() {
    return spark;
  }

  public SparkContext context() {
    return spark.sparkContext();
  }

  @Override
  public void close() {
    if (own) {
      spark.stop();
      SparkSession.clearActiveSession(); // Spark itself forgets the default one alone
    }
  }
}
