using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace NudgeBot.Teams.Connector;

/// <summary>The certificate with which the bot proves that it is itself.</summary>
static class BotCertificate
{
    const string Setting = "TEAMS_CERTIFICATE";

    /// <param name="path">Of a PEM or PKCS #12 file without a password.</param>
    /// <exception cref="SettingException">It cannot be read, or lacks the private key.</exception>
    public static X509Certificate2 Load(string path)
    {
        X509Certificate2 certificate;
        try
        {
            certificate = File.ReadAllText(path).Contains("-----BEGIN", StringComparison.Ordinal)
                ? X509Certificate2.CreateFromPemFile(path)
                : X509CertificateLoader.LoadPkcs12FromFile(path, password: null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"{Setting}: the file cannot be read ({error.GetType().Name}). It names a file that is there for this program, and that it may read.");
        }
        catch (CryptographicException)
        {
            throw new SettingException($"{Setting}: the file is no certificate with its private key. It must be PEM, with both in it, or PKCS #12 without a password.");
        }
        if (certificate.GetRSAPrivateKey() is not null) return certificate;
        certificate.Dispose();
        throw new SettingException($"{Setting}: the file holds no RSA private key beside the certificate. Microsoft's login knows no other kind.");
    }
}
