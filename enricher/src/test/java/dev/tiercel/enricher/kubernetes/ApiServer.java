package dev.tiercel.enricher.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.PodListBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.crud.AttributeSet;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An API server in memory that can be away, refuse, forget its past, and end its watches.
final class ApiServer implements AutoCloseable {
    private static final int CONFLICT = 409;
    private static final Logger LOG = Logger.getLogger(MockWebServer.class.getName());

    static {
        LOG.setLevel(Level.WARNING);
    }

    private final int port;
    private final AtomicInteger lists = new AtomicInteger();
    private volatile int refusal;
    private final AtomicInteger epoch = new AtomicInteger();
    private volatile List<Pod> many = List.of();
    private final Crud objects = new Crud();
    private KubernetesMockServer server;

    ApiServer() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        server = newServer();
    }

    private KubernetesMockServer newServer() {
        return new KubernetesMockServer(new Context(), new MockWebServer(), new HashMap<>(), objects, false);
    }

    ApiServer start() {
        server.init(InetAddress.getLoopbackAddress(), port);
        return this;
    }

    /// Closes all connections; its objects stay.
    void stop() {
        objects.open.clear();
        server.shutdown();
        server = newServer();
    }

    Config connection() {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:" + port)
                .withWatchReconnectInterval(50)
                .build();
    }

    void put(HasMetadata object) {
        put(List.of(object));
    }

    /// Adds or replaces them, even while the server is stopped.
    void put(List<? extends HasMetadata> all) {
        for (HasMetadata object : all) {
            String body = Serialization.asJson(object);
            if (request(HttpMethod.POST, collection(object), body) == CONFLICT) {
                request(
                        HttpMethod.PUT,
                        collection(object) + "/" + object.getMetadata().getName(),
                        body);
            }
        }
    }

    void delete(HasMetadata object) {
        request(
                HttpMethod.DELETE,
                collection(object) + "/" + object.getMetadata().getName(),
                "");
    }

    private int request(HttpMethod method, String path, String body) {
        return objects.dispatch(new RecordedRequest(
                        "HTTP/1.1", method, path, Headers.builder().build(), new Buffer(body.getBytes(UTF_8))))
                .code();
    }

    private static String collection(HasMetadata object) {
        String namespace = object.getMetadata().getNamespace();
        return "/api/v1/" + (namespace == null ? "" : "namespaces/" + namespace + "/") + object.getPlural();
    }

    /// Answers lists and watches of pods with this status; 0: as usual.
    void refuse(int status) {
        refusal = status;
    }

    /// The next watch of each kind is told that the version it asks for is too old; running ones end.
    void forgetThePast() {
        epoch.incrementAndGet();
        objects.endWatches();
    }

    /// Lists of pods are these, in pages.
    void putMany(List<Pod> pods) {
        many = pods;
    }

    /// Ends all watches, as a server does from time to time.
    void endWatches() {
        objects.endWatches();
    }

    /// Lists of pods so far.
    int lists() {
        return lists.get();
    }

    /// Whether all kinds are watched now: what is put before is not told to a watch that begins later.
    boolean watched() {
        return objects.open.size() == ObjectKind.values().length;
    }

    @Override
    public void close() {
        server.shutdown();
    }

    private final class Crud extends KubernetesCrudDispatcher {
        private final List<WebSocket> open = new CopyOnWriteArrayList<>();
        private final Map<String, Integer> toldIn = new ConcurrentHashMap<>();

        @Override
        public MockResponse handleGet(String path) {
            boolean pods = path.matches("/api/v1/pods(\\?.*)?");
            if (pods && refusal != 0) return status(refusal);
            if (!pods || path.contains("watch=true")) return super.handleGet(path);
            lists.incrementAndGet();
            return many.isEmpty() ? super.handleGet(path) : page(path);
        }

        private MockResponse page(String path) {
            int from = number(path, "continue");
            int end = Math.min(many.size(), from + number(path, "limit"));
            PodList page = new PodListBuilder()
                    .withItems(many.subList(from, end))
                    .withNewMetadata()
                    .withResourceVersion("1")
                    .withContinue(end < many.size() ? Integer.toString(end) : null)
                    .endMetadata()
                    .build();
            return new MockResponse().setResponseCode(200).setBody(Serialization.asJson(page));
        }

        private static int number(String path, String parameter) {
            Matcher found = Pattern.compile("[?&]" + parameter + "=(\\d+)").matcher(path);
            return found.find() ? Integer.parseInt(found.group(1)) : 0;
        }

        @Override
        public MockResponse handleWatch(String path) {
            Integer told = toldIn.put(path.replaceFirst("\\?.*", ""), epoch.get());
            if (epoch.get() > (told == null ? 0 : told)) {
                return new MockResponse().withWebSocketUpgrade(new Gone());
            }
            MockResponse answer = super.handleWatch(path);
            WebSocketListener listener = answer.getWebSocketListener();
            return listener == null ? answer : answer.withWebSocketUpgrade(new Remembered(listener));
        }

        /// A watch that is closed has ended its thread before the server forgets it.
        @Override
        public void processEvent(
                String path,
                AttributeSet added,
                AttributeSet removed,
                GenericKubernetesResource resource,
                String state) {
            boolean told = false;
            while (!told) {
                try {
                    super.processEvent(path, added, removed, resource, state);
                    told = true;
                } catch (RejectedExecutionException closing) {
                    Thread.onSpinWait();
                }
            }
        }

        void endWatches() {
            open.forEach(watch -> watch.close(1000, "timeout"));
            open.clear();
        }
    }

    private static MockResponse status(int code) {
        return new MockResponse().setResponseCode(code).setBody(statusObject(code, "Refused"));
    }

    private static String statusObject(int code, String reason) {
        return "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"reason\":\"%s\",\"code\":%d}"
                .formatted(reason, code);
    }

    private static final class Gone extends WebSocketListener {
        @Override
        public void onOpen(WebSocket socket, io.fabric8.mockwebserver.http.Response response) {
            socket.send("{\"type\":\"ERROR\",\"object\":" + statusObject(410, "Expired") + "}");
        }
    }

    private final class Remembered extends WebSocketListener {
        private final WebSocketListener inner;

        Remembered(WebSocketListener inner) {
            this.inner = inner;
        }

        @Override
        public void onBeforeAccept(WebSocket socket, io.fabric8.mockwebserver.http.Response response) {
            inner.onBeforeAccept(socket, response);
        }

        @Override
        public void onOpen(WebSocket socket, io.fabric8.mockwebserver.http.Response response) {
            inner.onOpen(socket, response);
            objects.open.add(socket);
        }

        @Override
        public void onClosed(WebSocket socket, int code, String reason) {
            objects.open.remove(socket);
            Thread.startVirtualThread(() -> inner.onClosed(socket, code, reason)); // it would block the server
        }

        @Override
        public void onFailure(WebSocket socket, Throwable failure, io.fabric8.mockwebserver.http.Response response) {
            objects.open.remove(socket);
            Thread.startVirtualThread(() -> inner.onFailure(socket, failure, response));
        }
    }
}
