package org.eigensweep.app;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** What the help of every command says besides its options: environment and exit status. */
final class HelpPage {
  private static final Map<String, String> STATUS = new LinkedHashMap<>();
  private static final String[] ENVIRONMENT = {
    "",
    "Environment:",
    "  EIGENSWEEP_DATA             folder of the data sets, the default of data.dir",
    "  EIGENSWEEP_MASTER           local[N] for submit/local, spark://HOST:PORT for",
    "                              submit/standalone",
    "  EIGENSWEEP_DRIVER_MEMORY    Java heap of the driver, 2g unless set",
    "  EIGENSWEEP_EXECUTOR_MEMORY  Java heap of an executor on a cluster",
    "  EIGENSWEEP_INCLUDE_URL      allow lets settings files include url(...)",
    "  SPARK_HOME, SPARK_CONF_DIR, HADOOP_CONF_DIR",
    "                              as everywhere with Spark and Hadoop",
  };

  static {
    STATUS.put("0", "success");
    STATUS.put("1", "failure, as of a disk or an executor; what is finished is kept");
    STATUS.put("2", "arguments, settings, data or a folder that cannot be used");
    STATUS.put("130", "ended by Ctrl-C");
    STATUS.put("143", "ended by SIGTERM");
  }

  private HelpPage() {}

  /** Adds it to a command and all commands below. */
  static void complete(CommandLine command) {
    UsageMessageSpec page = command.getCommandSpec().usageMessage();
    page.exitCodeListHeading("%nExit status:%n");
    page.exitCodeList(STATUS);
    page.footer(joined(page.footer(), ENVIRONMENT));
    command.getSubcommands().values().forEach(HelpPage::complete);
  }

  private static String[] joined(String[] first, String... second) {
    String[] all = new String[first.length + second.length];
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }
}
