package org.eigensweep.spark.session;

import org.apache.spark.SparkConf;
import scala.Tuple2;

/**
 * Settings of local mode. No other machine needs the driver or its web pages, so both listen at
 * {@code spark.driver.bindAddress}, the loopback interface unless that is set.
 *
 * <p>Spark's pages have no setting of their own. They listen where the environment variable
 * SPARK_LOCAL_IP says, on all interfaces without it, and Spark asks its settings for the variable.
 */
final class LocalSettings extends SparkConf {
  private static final String BIND = "spark.driver.bindAddress";
  private static final String HOST = "spark.driver.host";
  private static final String BIND_VARIABLE = "SPARK_LOCAL_IP";
  private static final String NAME_VARIABLE = "SPARK_PUBLIC_DNS";
  private static final String LOOPBACK = "127.0.0.1";

  private LocalSettings() {
    super(false);
  }

  /** Whether a master is this process. */
  static boolean applyTo(String master) {
    return master.equals("local") || master.startsWith("local[");
  }

  /** The same settings, and an address to listen at unless one is given, by Spark's own means. */
  static LocalSettings of(SparkConf given) {
    LocalSettings settings = copy(given);
    boolean free = !settings.contains(BIND) && !settings.contains(HOST);
    if (free && System.getenv(BIND_VARIABLE) == null) {
      settings.set(BIND, LOOPBACK);
      settings.set(HOST, LOOPBACK);
    }
    return settings;
  }

  private static LocalSettings copy(SparkConf given) {
    LocalSettings copy = new LocalSettings();
    for (Tuple2<String, String> setting : given.getAll()) {
      copy.set(setting._1(), setting._2());
    }
    return copy;
  }

  @Override
  public String getenv(String name) {
    String value = super.getenv(name);
    if (name.equals(BIND_VARIABLE) && value == null) {
      return get(BIND, get(HOST, null));
    }
    // A public name does not lead to the loopback interface.
    return name.equals(NAME_VARIABLE) && get(BIND, "").equals(LOOPBACK) ? null : value;
  }

  /** A context works on a copy. */
  @Override
  public SparkConf clone() {
    return copy(this);
  }
}
