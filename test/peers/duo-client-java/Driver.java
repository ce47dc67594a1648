import com.duosecurity.client.Auth;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.json.JSONObject;

/**
 * Drives com.duosecurity:duo-client: one JSON call a line in, one JSON answer a line out. It takes no
 * port, so the simulator listens on 443; its authority comes from the trust store of the virtual
 * machine, and the certificate is pinned with the method that the client has for it.
 *
 * <p>Environment: DUO_IKEY, DUO_SKEY, DUO_PIN, DUO_SIGNATURE (2 or 5).
 */
public class Driver {
  private static final String HOST = "api-simulator.duosecurity.com";
  private static final Set<String> READS = Set.of("ping", "check", "logo", "auth_status");

  private static JSONObject run(String call, JSONObject args) throws Exception {
    String method = READS.contains(call) ? "GET" : "POST";
    Auth.AuthBuilder builder = new Auth.AuthBuilder(method, HOST, "/auth/v2/" + call);
    builder.useTimeout(90);
    builder.useCustomCertificates(new String[] {System.getenv("DUO_PIN")});
    Auth request = builder.build();
    for (String name : args.keySet()) {
      request.addParam(name, args.getString(name));
    }
    int version = Integer.parseInt(System.getenv("DUO_SIGNATURE"));
    request.signRequest(System.getenv("DUO_IKEY"), System.getenv("DUO_SKEY"), version);
    String text = request.executeRequestRaw();
    if (text.startsWith("PNG", 1)) {
      return new JSONObject().put("ok", new JSONObject().put("image", "PNG"));
    }
    JSONObject answer = new JSONObject(text);
    if (answer.getString("stat").equals("OK")) {
      return new JSONObject().put("ok", answer.get("response"));
    }
    return new JSONObject()
        .put(
            "error",
            new JSONObject()
                .put("code", answer.getInt("code"))
                .put("detail", answer.opt("message_detail"))
                .put("text", answer.getString("message")));
  }

  public static void main(String[] arguments) throws Exception {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      JSONObject request = new JSONObject(line);
      JSONObject reply;
      try {
        reply = run(request.getString("call"), request.getJSONObject("args"));
      } catch (Exception error) {
        reply = new JSONObject().put("error", new JSONObject().put("text", error.toString()));
      }
      byte[] bytes = (reply + "\n").getBytes(StandardCharsets.UTF_8);
      System.out.write(bytes, 0, bytes.length);
      System.out.flush();
    }
  }
}
