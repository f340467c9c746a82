package org.eigensweep.spark.session;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.net.NetUtils;

/**
 * Where the master of a cluster listens. Spark itself asks an absent one for a minute, YARN's
 * client for a quarter of an hour.
 *
 * @param name what messages call it
 * @param addresses of the masters, of which one leads
 * @param advice how to name another
 */
record ClusterMaster(String name, List<InetSocketAddress> addresses, String advice) {
  private static final int PATIENCE_MILLISECONDS = 5_000;
  private static final String STANDALONE = "spark://";
  private static final String KUBERNETES = "k8s://";
  private static final int HTTPS = 443;
  private static final int YARN_PORT = 8032;

  ClusterMaster {
    addresses = List.copyOf(addresses);
  }

  /**
   * The master that {@code spark.master} names. It has no addresses where it is this process, or is
   * not known.
   *
   * @param hadoop Hadoop's configuration, whose folder has YARN's too
   */
  static ClusterMaster of(String master, Configuration hadoop) {
    if (master.startsWith(STANDALONE)) {
      List<InetSocketAddress> all =
          Arrays.stream(master.substring(STANDALONE.length()).split(","))
              .map(NetUtils::createSocketAddr)
              .toList();
      return new ClusterMaster("Spark master " + master, all, "start it, or name another master");
    }
    if (master.startsWith(KUBERNETES)) {
      return new ClusterMaster(
          "Kubernetes API server " + master,
          List.of(kubernetes(master.substring(KUBERNETES.length()))),
          "start it, or name another master");
    }
    if (master.equals("yarn")) {
      return new ClusterMaster(
          "YARN resource manager",
          yarn(hadoop),
          "start it, or correct yarn-site.xml in HADOOP_CONF_DIR");
    }
    return new ClusterMaster(master, List.of(), "");
  }

  private static InetSocketAddress kubernetes(String server) {
    URI uri = URI.create(server.contains("://") ? server : "https://" + server);
    return NetUtils.createSocketAddr(uri.getHost(), uri.getPort() < 0 ? HTTPS : uri.getPort());
  }

  private static List<InetSocketAddress> yarn(Configuration hadoop) {
    Configuration yarn = new Configuration(hadoop);
    yarn.addResource("yarn-default.xml");
    yarn.addResource("yarn-site.xml");
    String key = "yarn.resourcemanager.";
    if (!yarn.getBoolean(key + "ha.enabled", false)) {
      return List.of(yarn.getSocketAddr(key + "address", "0.0.0.0:" + YARN_PORT, YARN_PORT));
    }
    return yarn.getStringCollection(key + "ha.rm-ids").stream()
        .map(
            id -> {
              String host = yarn.get(key + "hostname." + id, "0.0.0.0");
              return yarn.getSocketAddr(key + "address." + id, host + ":" + YARN_PORT, YARN_PORT);
            })
        .toList();
  }

  /**
   * Knocks at each address until one opens.
   *
   * @throws MasterException if none does
   */
  void requireAnswer() {
    MasterException last = null;
    for (InetSocketAddress address : addresses) {
      try (Socket socket = new Socket()) {
        if (address.isUnresolved()) {
          throw new UnknownHostException("unknown host");
        }
        socket.connect(address, PATIENCE_MILLISECONDS);
        return;
      } catch (IOException e) {
        last =
            new MasterException(
                "%s: nobody answers at %s:%d (%s), expected it there; %s"
                    .formatted(
                        name, address.getHostString(), address.getPort(), e.getMessage(), advice),
                e);
      }
    }
    if (last != null) {
      throw last;
    }
  }
}
