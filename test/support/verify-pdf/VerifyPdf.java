import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotation;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.apache.pdfbox.pdmodel.interactive.form.PDAcroForm;
import org.apache.pdfbox.pdmodel.interactive.form.PDField;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.tsp.TimeStampToken;

/**
 * Says of every signature of every PDF named, one JSON line per file, what an independent reader finds: whether the
 * digest holds, whether the certificate leads to the trusted root, what the signature covers, its profile, and what was
 * changed in the document after it. java -cp … VerifyPdf.java <root.der> <file.pdf> …
 */
public class VerifyPdf {
  public static void main(String[] arguments) throws Exception {
    X509Certificate root = certificate(Files.readAllBytes(Path.of(arguments[0])));
    for (String name : Arrays.asList(arguments).subList(1, arguments.length)) {
      byte[] file = Files.readAllBytes(Path.of(name));
      List<String> found = new ArrayList<>();
      try (PDDocument document = Loader.loadPDF(file)) {
        List<PDSignature> signatures = new ArrayList<>(document.getSignatureDictionaries());
        signatures.sort(Comparator.comparingInt(one -> one.getByteRange()[2]));
        for (PDSignature signature : signatures) found.add(verified(signature, file, root));
        System.out.println(
            "{\"file\":" + quoted(name) + ",\"pages\":" + document.getNumberOfPages() + ",\"fields\":" + fields(document)
                + ",\"signatures\":[" + String.join(",", found) + "]}");
      } catch (Exception broken) {
        System.out.println("{\"file\":" + quoted(name) + ",\"broken\":" + quoted(String.valueOf(broken)) + "}");
      }
    }
  }

  private static String verified(PDSignature signature, byte[] file, X509Certificate root) throws Exception {
    int[] range = signature.getByteRange();
    boolean gapIsContents =
        range[0] == 0
            && file[range[1]] == '<'
            && file[range[2] - 1] == '>'
            && HexFormat.of()
                .formatHex(signature.getContents(file))
                .equalsIgnoreCase(new String(file, range[1] + 1, range[2] - range[1] - 2, "US-ASCII"));
    int end = range[2] + range[3];
    boolean digest = false;
    String problem = "";
    X509Certificate own = null;
    boolean bound = false;
    boolean timestamped = false;
    boolean timeAttribute = false;
    boolean chain = false;
    try {
      CMSSignedData cms =
          new CMSSignedData(new CMSProcessableByteArray(signature.getSignedContent(file)), signature.getContents(file));
      SignerInformation signer = cms.getSignerInfos().getSigners().iterator().next();
      @SuppressWarnings("unchecked")
      Collection<X509CertificateHolder> matching = cms.getCertificates().getMatches(signer.getSID());
      own = certificate(matching.iterator().next().getEncoded());
      digest = signer.verify(new JcaSimpleSignerInfoVerifierBuilder().build(own));
      Attribute signing = signer.getSignedAttributes().get(PKCSObjectIdentifiers.id_aa_signingCertificateV2);
      if (signing != null) {
        byte[] hash = SigningCertificateV2.getInstance(signing.getAttributeValues()[0]).getCerts()[0].getCertHash();
        bound = Arrays.equals(hash, MessageDigest.getInstance("SHA-256").digest(own.getEncoded()));
      }
      timeAttribute = signer.getSignedAttributes().get(CMSAttributes.signingTime) != null;
      Attribute stamp =
          signer.getUnsignedAttributes() == null
              ? null
              : signer.getUnsignedAttributes().get(PKCSObjectIdentifiers.id_aa_signatureTimeStampToken);
      if (stamp != null) {
        TimeStampToken token =
            new TimeStampToken(new CMSSignedData(stamp.getAttributeValues()[0].toASN1Primitive().getEncoded()));
        timestamped =
            Arrays.equals(
                token.getTimeStampInfo().getMessageImprintDigest(),
                MessageDigest.getInstance("SHA-256").digest(signer.getSignature()));
      }
      own.verify(root.getPublicKey());
      own.checkValidity(signature.getSignDate().getTime());
      boolean[] usage = own.getKeyUsage();
      chain = own.getIssuerX500Principal().equals(root.getSubjectX500Principal()) && usage != null && usage[0];
    } catch (Exception wrong) {
      problem = wrong.getClass().getSimpleName() + ": " + wrong.getMessage();
    }
    List<String> allowed = new ArrayList<>();
    List<String> forbidden = new ArrayList<>();
    if (end < file.length) compare(Arrays.copyOf(file, end), file, allowed, forbidden);
    return "{\"name\":" + quoted(signature.getName())
        + ",\"reason\":" + quoted(signature.getReason())
        + ",\"subFilter\":" + quoted(signature.getSubFilter())
        + ",\"subject\":" + quoted(own == null ? "" : own.getSubjectX500Principal().getName())
        + ",\"at\":" + quoted(signature.getSignDate().toInstant().toString())
        + ",\"digest\":" + digest + ",\"chain\":" + chain + ",\"certificateBound\":" + bound
        + ",\"signingTimeAttribute\":" + timeAttribute + ",\"timestamp\":" + timestamped
        + ",\"gapIsContents\":" + gapIsContents + ",\"coversFile\":" + (end == file.length)
        + ",\"docMdp\":" + docMdp(signature) + ",\"allowed\":" + list(allowed) + ",\"forbidden\":" + list(forbidden)
        + ",\"problem\":" + quoted(problem) + "}";
  }

  /** What differs between the document as it was signed and as it is: fields filled may; pages, annotations and the rest may not. */
  private static void compare(byte[] signed, byte[] now, List<String> allowed, List<String> forbidden) throws Exception {
    try (PDDocument before = Loader.loadPDF(signed); PDDocument after = Loader.loadPDF(now)) {
      if (before.getNumberOfPages() != after.getNumberOfPages()) forbidden.add("number of pages");
      int pages = Math.min(before.getNumberOfPages(), after.getNumberOfPages());
      for (int i = 0; i < pages; i++) {
        if (!page(before.getPage(i)).equals(page(after.getPage(i)))) forbidden.add("page " + (i + 1));
        if (!annotations(before.getPage(i)).equals(annotations(after.getPage(i))))
          forbidden.add("annotations of page " + (i + 1));
      }
      Map<String, String> was = values(before);
      Map<String, String> is = values(after);
      if (!was.keySet().equals(is.keySet())) forbidden.add("fields " + was.keySet() + " became " + is.keySet());
      for (String name : is.keySet()) {
        String old = was.getOrDefault(name, "");
        if (old.equals(is.get(name))) continue;
        (old.isEmpty() ? allowed : forbidden).add(name + ": " + old + " -> " + is.get(name));
      }
      Set<COSName> keys = new TreeSet<>(before.getDocumentCatalog().getCOSObject().keySet());
      if (!keys.equals(new TreeSet<>(after.getDocumentCatalog().getCOSObject().keySet()))) forbidden.add("catalog");
    }
  }

  /** Everything a page shows, but its annotations, as a hash over the objects it leads to. */
  private static String page(PDPage page) throws Exception {
    MessageDigest hash = MessageDigest.getInstance("SHA-256");
    hash.update(page.getContents() == null ? new byte[0] : page.getContents().readAllBytes());
    feed(hash, page.getCOSObject(), new TreeSet<>(), 0);
    return HexFormat.of().formatHex(hash.digest());
  }

  private static void feed(MessageDigest hash, COSBase base, Set<Integer> seen, int depth) throws Exception {
    if (base instanceof COSObject reference) base = reference.getObject();
    if (base == null || depth > 12 || !seen.add(System.identityHashCode(base))) return;
    if (base instanceof COSArray array) for (COSBase item : array) feed(hash, item, seen, depth + 1);
    else if (base instanceof COSDictionary dictionary) {
      for (COSName key : new TreeSet<>(dictionary.keySet())) {
        if (Set.of("Parent", "Annots", "P").contains(key.getName())) continue;
        hash.update(key.getName().getBytes("UTF-8"));
        feed(hash, dictionary.getItem(key), seen, depth + 1);
      }
      if (dictionary instanceof org.apache.pdfbox.cos.COSStream stream)
        hash.update(stream.createRawInputStream().readAllBytes());
    } else hash.update(base.toString().getBytes("UTF-8"));
  }

  private static List<String> annotations(PDPage page) throws Exception {
    List<String> found = new ArrayList<>();
    for (PDAnnotation one : page.getAnnotations())
      found.add(one.getSubtype() + " " + one.getRectangle() + " " + one.getCOSObject().getString(COSName.T));
    return found;
  }

  private static Map<String, String> values(PDDocument document) {
    Map<String, String> found = new TreeMap<>();
    PDAcroForm form = document.getDocumentCatalog().getAcroForm(null);
    if (form != null)
      for (PDField field : form.getFieldTree()) {
        COSBase value = field.getCOSObject().getDictionaryObject(COSName.V);
        String words =
            value == null
                ? ""
                : value instanceof COSDictionary signature
                    ? "signature of " + signature.getString(COSName.NAME)
                    : field.getValueAsString();
        found.put(field.getFullyQualifiedName(), words);
      }
    return found;
  }

  private static String fields(PDDocument document) {
    List<String> pairs = new ArrayList<>();
    values(document).forEach((name, value) -> pairs.add(quoted(name) + ":" + quoted(value)));
    return "{" + String.join(",", pairs) + "}";
  }

  private static int docMdp(PDSignature signature) {
    COSArray references = signature.getCOSObject().getCOSArray(COSName.getPDFName("Reference"));
    if (references == null) return 0;
    COSDictionary reference = (COSDictionary) references.getObject(0);
    if (!"DocMDP".equals(reference.getNameAsString("TransformMethod"))) return 0;
    return reference.getCOSDictionary(COSName.getPDFName("TransformParams")).getInt(COSName.P);
  }

  private static X509Certificate certificate(byte[] der) throws Exception {
    return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  private static String list(List<String> items) {
    List<String> all = new ArrayList<>();
    for (String item : items) all.add(quoted(item));
    return "[" + String.join(",", all) + "]";
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (char c : String.valueOf(text).toCharArray())
      json.append(c == '"' || c == '\\' ? "\\" + c : c < ' ' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
    return json.append('"').toString();
  }
}
