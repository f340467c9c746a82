package org.eigensweep.spark.session;

import java.io.IOException;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * The user that this process is to Hadoop. A container may run under a number that belongs to no
 * user; Hadoop would refuse to open even a local file then.
 */
final class ProcessUser {
  private static final String NAME_VARIABLE = "HADOOP_USER_NAME";

  private ProcessUser() {}

  /**
   * Makes Hadoop take the process for a user of the name in HADOOP_USER_NAME, or else Java's {@code
   * user.name}, where the system has no name and no Kerberos asks for one.
   */
  static void settle() {
    try {
      UserGroupInformation.getLoginUser();
    } catch (IOException e) {
      if (!UserGroupInformation.isSecurityEnabled()) {
        UserGroupInformation.setLoginUser(UserGroupInformation.createRemoteUser(name()));
      }
    }
  }

  private static String name() {
    String given = System.getenv(NAME_VARIABLE);
    return given == null ? System.getProperty("user.name") : given;
  }
}
