package org.eigensweep.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.eigensweep.spark.session.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who reaches a driver of local mode, asked with sockets. */
class LocalSessionTest {
  private static final int PATIENCE_MILLIS = 10_000;
  private final List<String> set = new ArrayList<>();
  private static CountDownLatch started;
  private static CountDownLatch released;

  @BeforeEach
  void submit() {
    set("spark.master", "local[1]");
    set("spark.ui.port", "0"); // any that is free
    started = new CountDownLatch(1);
    released = new CountDownLatch(1);
  }

  @AfterEach
  void forget() {
    released.countDown();
    set.forEach(System::clearProperty);
  }

  private void set(String setting, String value) {
    System.setProperty(setting, value);
    set.add(setting);
  }

  private static InetAddress loopback() {
    return InetAddress.getLoopbackAddress();
  }

  /** An address by which other machines reach this one, if it has one. */
  private static Optional<InetAddress> outside() throws SocketException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
        .findFirst();
  }

  private static void connect(InetAddress address, int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), PATIENCE_MILLIS);
    }
  }

  private static List<Integer> ports(Session session) {
    return List.of(
        page(session).getPort(),
        Integer.parseInt(session.context().getConf().get("spark.driver.port")),
        SparkEnv.get().blockManager().blockManagerId().port());
  }

  /** As it is printed. */
  private static URI page(Session session) {
    return URI.create(session.context().uiWebUrl().get());
  }

  @Test
  void listensOnTheLoopbackInterfaceAlone() throws IOException {
    try (Session session = Session.open("digits")) {
      assertThat(page(session).getHost()).isEqualTo("127.0.0.1");
      HttpURLConnection jobs =
          (HttpURLConnection) page(session).resolve("/jobs/").toURL().openConnection();
      assertThat(jobs.getResponseCode()).isEqualTo(200);
      for (int port : ports(session)) {
        connect(loopback(), port);
      }
      assumeThat(outside()).isPresent();
      InetAddress outside = outside().orElseThrow();
      for (int port : ports(session)) {
        assertThatThrownBy(() -> connect(outside, port)).isInstanceOf(ConnectException.class);
      }
    }
  }

  @Test
  void listensWhereTheUserSays() throws IOException {
    set("spark.driver.bindAddress", "0.0.0.0");
    assumeThat(outside()).isPresent();
    try (Session session = Session.open("digits")) {
      for (int port : ports(session)) {
        connect(outside().orElseThrow(), port);
      }
      assertThat(page(session).getHost()).isNotEqualTo("127.0.0.1");
    }
  }

  private static int kill(Session session) throws IOException {
    HttpURLConnection kill =
        (HttpURLConnection) page(session).resolve("/jobs/job/kill/?id=0").toURL().openConnection();
    kill.setRequestMethod("POST");
    kill.setInstanceFollowRedirects(false);
    return kill.getResponseCode();
  }

  /** A job of one task that waits to be released, or killed. */
  private static CompletableFuture<List<Integer>> waitingJob(Session session) throws Exception {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.context());
    CompletableFuture<List<Integer>> job =
        CompletableFuture.supplyAsync(
            () -> spark.parallelize(List.of(1), 1).map(LocalSessionTest::await).collect());
    started.await();
    return job;
  }

  private static int await(int value) throws InterruptedException {
    started.countDown();
    released.await();
    return value;
  }

  @Test
  void nobodyKillsAJobThroughThePages() throws Exception {
    try (Session session = Session.open("digits")) {
      CompletableFuture<List<Integer>> job = waitingJob(session);
      kill(session);
      released.countDown();
      assertThat(job.get()).containsExactly(1);
    }
  }

  @Test
  void unlessTheUserSaysSo() throws Exception {
    set("spark.ui.killEnabled", "true");
    try (Session session = Session.open("digits")) {
      CompletableFuture<List<Integer>> job = waitingJob(session);
      assertThat(kill(session)).isLessThan(400);
      assertThatThrownBy(job::get).hasMessageContaining("cancelled");
    }
  }

  /** A cluster's executors have to reach the driver. */
  @Test
  void leavesClustersAlone() {
    set("spark.master", "spark://host:7077");
    assertThat(Session.settings("digits").contains("spark.driver.bindAddress")).isFalse();
    assertThat(Session.settings("digits").contains("spark.driver.host")).isFalse();
    assertThat(Session.settings("digits").get("spark.ui.killEnabled")).isEqualTo("false");
  }
}
