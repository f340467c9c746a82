package org.eigensweep.spark.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class ClusterMasterTest {
  private static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = listen()) {
      return socket.getLocalPort();
    }
  }

  private static ClusterMaster master(String name, String... yarn) {
    Configuration hadoop = new Configuration(false);
    for (int i = 0; i < yarn.length; i += 2) {
      hadoop.set(yarn[i], yarn[i + 1]);
    }
    return ClusterMaster.of(name, hadoop);
  }

  @Test
  void oneOfSeveralIsEnough() throws IOException {
    try (ServerSocket socket = listen()) {
      ClusterMaster some =
          master(
              "spark://127.0.0.1:%d,127.0.0.1:%d".formatted(closedPort(), socket.getLocalPort()));
      assertThat(some.addresses()).hasSize(2);
      assertThatCode(some::requireAnswer).doesNotThrowAnyException();
    }
  }

  @Test
  void theLastThatDoesNotAnswerIsNamed() throws IOException {
    int port = closedPort();
    assertThatThrownBy(master("spark://no-such-host.invalid:7077,127.0.0.1:" + port)::requireAnswer)
        .isInstanceOf(MasterException.class)
        .hasMessage(
            ("Spark master spark://no-such-host.invalid:7077,127.0.0.1:%d: nobody answers at"
                    + " 127.0.0.1:%1$d (Connection refused), expected it there; start it, or name"
                    + " another master")
                .formatted(port));
    assertThatThrownBy(master("spark://no-such-host.invalid:7077")::requireAnswer)
        .hasMessageContaining("nobody answers at no-such-host.invalid:7077 (unknown host)");
  }

  @Test
  void kubernetesHasAnAddressWithOrWithoutScheme() {
    assertThat(master("k8s://https://api.example:6443").addresses())
        .singleElement()
        .hasToString("api.example/<unresolved>:6443");
    assertThat(master("k8s://api.example").addresses())
        .singleElement()
        .hasToString("api.example/<unresolved>:443");
  }

  @Test
  void yarnIsWhereItsConfigurationSays() throws IOException {
    int port = closedPort();
    assertThatThrownBy(
            master("yarn", "yarn.resourcemanager.address", "127.0.0.1:" + port)::requireAnswer)
        .hasMessage(
            ("YARN resource manager: nobody answers at 127.0.0.1:%d (Connection refused), expected"
                    + " it there; start it, or correct yarn-site.xml in HADOOP_CONF_DIR")
                .formatted(port));
    try (ServerSocket socket = listen()) {
      ClusterMaster two =
          master(
              "yarn",
              "yarn.resourcemanager.ha.enabled",
              "true",
              "yarn.resourcemanager.ha.rm-ids",
              "a,b",
              "yarn.resourcemanager.hostname.a",
              "no-such-host.invalid",
              "yarn.resourcemanager.address.b",
              "127.0.0.1:" + socket.getLocalPort());
      assertThatCode(two::requireAnswer).doesNotThrowAnyException();
    }
  }

  @Test
  void localModeHasNoMaster() {
    assertThatCode(master("local[*]")::requireAnswer).doesNotThrowAnyException();
    assertThatCode(master("local-cluster[2,1,1024]")::requireAnswer).doesNotThrowAnyException();
  }
}
