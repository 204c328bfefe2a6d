package dev.watchword.job.camera;

import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A network camera that speaks RTSP and sends H.264 in RTP over the same TCP connection, one viewer
 * after the other, over and over.
 */
final class RtspServer implements AutoCloseable {

    private static final int CLOCK = 90_000;
    private static final int PAYLOAD_TYPE = 96;
    private static final int INTERLEAVED_CHANNEL = 0;

    private final List<byte[]> units;
    private final int framesPerSecond;
    private final ServerSocket listener;
    private volatile Optional<Socket> viewer = Optional.empty();

    /**
     * @param video a stream of H.264, each of whose units is smaller than 64 KiB
     */
    RtspServer(byte[] video, int framesPerSecond) throws IOException {
        this.units = H264Units.of(video);
        this.framesPerSecond = framesPerSecond;
        this.listener = new ServerSocket(0, 9, InetAddress.getByName("127.0.0.1"));
        Thread thread = new Thread(this::serve);
        thread.setDaemon(true);
        thread.start();
    }

    String address() {
        return "rtsp://user:secret@127.0.0.1:" + listener.getLocalPort() + "/live";
    }

    /** Breaks the connection off; a new one is taken. */
    void dropViewer() throws IOException {
        if (viewer.isPresent()) {
            viewer.get().close();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        dropViewer();
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                viewer = Optional.of(socket);
                converse(socket);
            } catch (IOException viewerLeft) {
                // The next one may come.
            } catch (InterruptedException stopping) {
                return;
            }
        }
    }

    private void converse(Socket socket) throws IOException, InterruptedException {
        BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        DataOutputStream output = new DataOutputStream(socket.getOutputStream());
        String request = reader.readLine();
        while (request != null) {
            String sequence = "0";
            for (String line = reader.readLine(); !line.isEmpty(); line = reader.readLine()) {
                if (line.startsWith("CSeq:")) {
                    sequence = line.substring("CSeq:".length()).strip();
                }
            }
            String method = request.split(" ")[0];
            output.write(answer(method, sequence).getBytes(StandardCharsets.US_ASCII));
            if (method.equals("PLAY")) {
                play(output);
            }
            request = reader.readLine();
        }
    }

    private static String answer(String method, String sequence) {
        String head = "RTSP/1.0 200 OK\r\nCSeq: " + sequence + "\r\nSession: 1\r\n";
        return switch (method) {
            case "OPTIONS" -> head + "Public: DESCRIBE, SETUP, PLAY, TEARDOWN\r\n\r\n";
            case "SETUP" -> head + "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n\r\n";
            case "DESCRIBE" ->
                    head
                            + "Content-Type: application/sdp\r\nContent-Length: "
                            + description().length()
                            + "\r\n\r\n"
                            + description();
            default -> head + "\r\n";
        };
    }

    private static String description() {
        return String.join(
                "\r\n",
                "v=0",
                "o=- 0 0 IN IP4 127.0.0.1",
                "s=live",
                "c=IN IP4 0.0.0.0",
                "t=0 0",
                "m=video 0 RTP/AVP " + PAYLOAD_TYPE,
                "a=rtpmap:" + PAYLOAD_TYPE + " H264/" + CLOCK,
                "a=fmtp:" + PAYLOAD_TYPE + " packetization-mode=1",
                "a=control:track1",
                "");
    }

    private void play(DataOutputStream output) throws IOException, InterruptedException {
        int number = 0;
        int time = 0;
        while (true) {
            for (int index = 0; index < units.size(); index++) {
                byte[] unit = units.get(index);
                boolean endsPicture =
                        H264Units.isSlice(unit)
                                && (index + 1 == units.size()
                                        || H264Units.beginsPicture(units.get(index + 1)));
                output.write(packet(unit, number++, time, endsPicture));
                if (endsPicture) {
                    time += CLOCK / framesPerSecond;
                    Thread.sleep(1000 / framesPerSecond);
                }
            }
        }
    }

    private static byte[] packet(byte[] unit, int number, int time, boolean marker) {
        int rtpHeader = 12;
        ByteBuffer packet = ByteBuffer.allocate(4 + rtpHeader + unit.length);
        packet.put((byte) '$').put((byte) INTERLEAVED_CHANNEL);
        packet.putShort((short) (rtpHeader + unit.length));
        packet.put((byte) 0x80).put((byte) (PAYLOAD_TYPE | (marker ? 0x80 : 0)));
        packet.putShort((short) number).putInt(time).putInt(1);
        return packet.put(unit).array();
    }
}
