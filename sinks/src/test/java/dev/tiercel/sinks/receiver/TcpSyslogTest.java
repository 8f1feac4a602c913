package dev.tiercel.sinks.receiver;

import java.io.IOException;
import java.net.ServerSocket;

final class TcpSyslogTest extends SyslogReceiverContract {
    @Override
    ServerSocket listen(int port) throws IOException {
        ServerSocket server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new java.net.InetSocketAddress(here(), port));
        return server;
    }

    @Override
    String keys(int port) {
        return "type: syslog, address: \"tcp://127.0.0.1:" + port + "\", facility: local3";
    }
}
