"""OpenSSL's names for the object identifiers that certificates hold: long name and, where it differs, short name.

Source: the object table of OpenSSL 3.0, which .NET on Linux asks for every name that it does not know itself. Arcs that
do not occur in certificates (ciphers, S/MIME attributes, curves) are left out.
"""

from __future__ import annotations

from functools import cache

_TABLE = """\
0.9.2342.19200300.100.1.1 userId | UID
0.9.2342.19200300.100.1.2 textEncodedORAddress
0.9.2342.19200300.100.1.3 rfc822Mailbox | mail
0.9.2342.19200300.100.1.4 info
0.9.2342.19200300.100.1.5 favouriteDrink
0.9.2342.19200300.100.1.6 roomNumber
0.9.2342.19200300.100.1.7 photo
0.9.2342.19200300.100.1.8 userClass
0.9.2342.19200300.100.1.9 host
0.9.2342.19200300.100.1.10 manager
0.9.2342.19200300.100.1.11 documentIdentifier
0.9.2342.19200300.100.1.12 documentTitle
0.9.2342.19200300.100.1.13 documentVersion
0.9.2342.19200300.100.1.14 documentAuthor
0.9.2342.19200300.100.1.15 documentLocation
0.9.2342.19200300.100.1.20 homeTelephoneNumber
0.9.2342.19200300.100.1.21 secretary
0.9.2342.19200300.100.1.22 otherMailbox
0.9.2342.19200300.100.1.23 lastModifiedTime
0.9.2342.19200300.100.1.24 lastModifiedBy
0.9.2342.19200300.100.1.25 domainComponent | DC
0.9.2342.19200300.100.1.26 aRecord
0.9.2342.19200300.100.1.27 pilotAttributeType27
0.9.2342.19200300.100.1.28 mXRecord
0.9.2342.19200300.100.1.29 nSRecord
0.9.2342.19200300.100.1.30 sOARecord
0.9.2342.19200300.100.1.31 cNAMERecord
0.9.2342.19200300.100.1.37 associatedDomain
0.9.2342.19200300.100.1.38 associatedName
0.9.2342.19200300.100.1.39 homePostalAddress
0.9.2342.19200300.100.1.40 personalTitle
0.9.2342.19200300.100.1.41 mobileTelephoneNumber
0.9.2342.19200300.100.1.42 pagerTelephoneNumber
0.9.2342.19200300.100.1.43 friendlyCountryName
0.9.2342.19200300.100.1.44 uniqueIdentifier | uid
0.9.2342.19200300.100.1.45 organizationalStatus
0.9.2342.19200300.100.1.46 janetMailbox
0.9.2342.19200300.100.1.47 mailPreferenceOption
0.9.2342.19200300.100.1.48 buildingName
0.9.2342.19200300.100.1.49 dSAQuality
0.9.2342.19200300.100.1.50 singleLevelQuality
0.9.2342.19200300.100.1.51 subtreeMinimumQuality
0.9.2342.19200300.100.1.52 subtreeMaximumQuality
0.9.2342.19200300.100.1.53 personalSignature
0.9.2342.19200300.100.1.54 dITRedirect
0.9.2342.19200300.100.1.55 audio
0.9.2342.19200300.100.1.56 documentPublisher
1.2.156.10197.1.301 sm2 | SM2
1.2.156.10197.1.401 sm3 | SM3
1.2.156.10197.1.501 SM2-with-SM3 | SM2-SM3
1.2.156.10197.1.504 sm3WithRSAEncryption | RSA-SM3
1.2.643.2.2.3 GOST R 34.11-94 with GOST R 34.10-2001 | id-GostR3411-94-with-GostR3410-2001
1.2.643.2.2.4 GOST R 34.11-94 with GOST R 34.10-94 | id-GostR3411-94-with-GostR3410-94
1.2.643.2.2.19 GOST R 34.10-2001 | gost2001
1.2.643.2.2.20 GOST R 34.10-94 | gost94
1.2.643.3.131.1.1 INN
1.2.643.7.1.1.1.1 GOST R 34.10-2012 with 256 bit modulus | gost2012_256
1.2.643.7.1.1.1.2 GOST R 34.10-2012 with 512 bit modulus | gost2012_512
1.2.643.7.1.1.3.2 GOST R 34.10-2012 with GOST R 34.11-2012 (256 bit) | id-tc26-signwithdigest-gost3410-2012-256
1.2.643.7.1.1.3.3 GOST R 34.10-2012 with GOST R 34.11-2012 (512 bit) | id-tc26-signwithdigest-gost3410-2012-512
1.2.643.100.1 OGRN
1.2.643.100.3 SNILS
1.2.643.100.5 OGRNIP
1.2.643.100.111 Signing Tool of Subject | subjectSignTool
1.2.643.100.112 Signing Tool of Issuer | issuerSignTool
1.2.643.100.113 Class of Signing Tool | classSignTool
1.2.643.100.113.1 Class of Signing Tool KC1 | classSignToolKC1
1.2.643.100.113.2 Class of Signing Tool KC2 | classSignToolKC2
1.2.643.100.113.3 Class of Signing Tool KC3 | classSignToolKC3
1.2.643.100.113.4 Class of Signing Tool KB1 | classSignToolKB1
1.2.643.100.113.5 Class of Signing Tool KB2 | classSignToolKB2
1.2.643.100.113.6 Class of Signing Tool KA1 | classSignToolKA1
1.2.804.2.1.1.1.1.3.1.1 DSTU 4145-2002 little endian | dstu4145le
1.2.804.2.1.1.1.1.3.1.1.1.1 DSTU 4145-2002 big endian | dstu4145be
1.2.804.2.1.1.1.1.3.1.1.2.0 DSTU curve 0 | uacurve0
1.2.804.2.1.1.1.1.3.1.1.2.1 DSTU curve 1 | uacurve1
1.2.804.2.1.1.1.1.3.1.1.2.2 DSTU curve 2 | uacurve2
1.2.804.2.1.1.1.1.3.1.1.2.3 DSTU curve 3 | uacurve3
1.2.804.2.1.1.1.1.3.1.1.2.4 DSTU curve 4 | uacurve4
1.2.804.2.1.1.1.1.3.1.1.2.5 DSTU curve 5 | uacurve5
1.2.804.2.1.1.1.1.3.1.1.2.6 DSTU curve 6 | uacurve6
1.2.804.2.1.1.1.1.3.1.1.2.7 DSTU curve 7 | uacurve7
1.2.804.2.1.1.1.1.3.1.1.2.8 DSTU curve 8 | uacurve8
1.2.804.2.1.1.1.1.3.1.1.2.9 DSTU curve 9 | uacurve9
1.2.840.10040.2.1 Hold Instruction None | holdInstructionNone
1.2.840.10040.2.2 Hold Instruction Call Issuer | holdInstructionCallIssuer
1.2.840.10040.2.3 Hold Instruction Reject | holdInstructionReject
1.2.840.10040.4 X9.57 CM ? | X9cm
1.2.840.10040.4.1 dsaEncryption | DSA
1.2.840.10040.4.3 dsaWithSHA1 | DSA-SHA1
1.2.840.10045.2.1 id-ecPublicKey
1.2.840.10045.4.1 ecdsa-with-SHA1
1.2.840.10045.4.2 ecdsa-with-Recommended
1.2.840.10045.4.3 ecdsa-with-Specified
1.2.840.10045.4.3.1 ecdsa-with-SHA224
1.2.840.10045.4.3.2 ecdsa-with-SHA256
1.2.840.10045.4.3.3 ecdsa-with-SHA384
1.2.840.10045.4.3.4 ecdsa-with-SHA512
1.2.840.10046.2.1 X9.42 DH | dhpublicnumber
1.2.840.113533.7.66.13 password based MAC | id-PasswordBasedMAC
1.2.840.113533.7.66.30 Diffie-Hellman based MAC | id-DHBasedMac
1.2.840.113549.1.1.1 rsaEncryption
1.2.840.113549.1.1.2 md2WithRSAEncryption | RSA-MD2
1.2.840.113549.1.1.3 md4WithRSAEncryption | RSA-MD4
1.2.840.113549.1.1.4 md5WithRSAEncryption | RSA-MD5
1.2.840.113549.1.1.5 sha1WithRSAEncryption | RSA-SHA1
1.2.840.113549.1.1.6 rsaOAEPEncryptionSET
1.2.840.113549.1.1.7 rsaesOaep | RSAES-OAEP
1.2.840.113549.1.1.8 mgf1 | MGF1
1.2.840.113549.1.1.9 pSpecified | PSPECIFIED
1.2.840.113549.1.1.10 rsassaPss | RSASSA-PSS
1.2.840.113549.1.1.11 sha256WithRSAEncryption | RSA-SHA256
1.2.840.113549.1.1.12 sha384WithRSAEncryption | RSA-SHA384
1.2.840.113549.1.1.13 sha512WithRSAEncryption | RSA-SHA512
1.2.840.113549.1.1.14 sha224WithRSAEncryption | RSA-SHA224
1.2.840.113549.1.1.15 sha512-224WithRSAEncryption | RSA-SHA512/224
1.2.840.113549.1.1.16 sha512-256WithRSAEncryption | RSA-SHA512/256
1.2.840.113549.1.3.1 dhKeyAgreement
1.2.840.113549.1.9.1 emailAddress
1.2.840.113549.1.9.2 unstructuredName
1.2.840.113549.1.9.3 contentType
1.2.840.113549.1.9.4 messageDigest
1.2.840.113549.1.9.5 signingTime
1.2.840.113549.1.9.6 countersignature
1.2.840.113549.1.9.7 challengePassword
1.2.840.113549.1.9.8 unstructuredAddress
1.2.840.113549.1.9.9 extendedCertificateAttributes
1.2.840.113549.1.9.14 Extension Request | extReq
1.2.840.113549.1.9.15 S/MIME Capabilities | SMIME-CAPS
1.2.840.113549.1.9.16 S/MIME | SMIME
1.2.840.113549.1.9.20 friendlyName
1.2.840.113549.1.9.21 localKeyID
1.2.840.113549.1.9.22.1 x509Certificate
1.2.840.113549.1.9.22.2 sdsiCertificate
1.2.840.113549.1.9.23.1 x509Crl
1.3.6.1.4.1.311.2.1.14 Microsoft Extension Request | msExtReq
1.3.6.1.4.1.311.2.1.21 Microsoft Individual Code Signing | msCodeInd
1.3.6.1.4.1.311.2.1.22 Microsoft Commercial Code Signing | msCodeCom
1.3.6.1.4.1.311.10.3.1 Microsoft Trust List Signing | msCTLSign
1.3.6.1.4.1.311.10.3.3 Microsoft Server Gated Crypto | msSGC
1.3.6.1.4.1.311.10.3.4 Microsoft Encrypted File System | msEFS
1.3.6.1.4.1.311.17.1 Microsoft CSP Name | CSPName
1.3.6.1.4.1.311.17.2 Microsoft Local Key set | LocalKeySet
1.3.6.1.4.1.311.20.2.2 Microsoft Smartcard Login | msSmartcardLogin
1.3.6.1.4.1.311.20.2.3 Microsoft User Principal Name | msUPN
1.3.6.1.4.1.311.60.2.1.1 jurisdictionLocalityName | jurisdictionL
1.3.6.1.4.1.311.60.2.1.2 jurisdictionStateOrProvinceName | jurisdictionST
1.3.6.1.4.1.311.60.2.1.3 jurisdictionCountryName | jurisdictionC
1.3.6.1.4.1.1466.344 dcObject | dcobject
1.3.6.1.4.1.11129.2.4.2 CT Precertificate SCTs | ct_precert_scts
1.3.6.1.4.1.11129.2.4.3 CT Precertificate Poison | ct_precert_poison
1.3.6.1.4.1.11129.2.4.4 CT Precertificate Signer | ct_precert_signer
1.3.6.1.4.1.11129.2.4.5 CT Certificate SCTs | ct_cert_scts
1.3.6.1.5.2.3 id-pkinit
1.3.6.1.5.2.3.4 PKINIT Client Auth | pkInitClientAuth
1.3.6.1.5.2.3.5 Signing KDC Response | pkInitKDC
1.3.6.1.5.5.7.1.1 Authority Information Access | authorityInfoAccess
1.3.6.1.5.5.7.1.2 Biometric Info | biometricInfo
1.3.6.1.5.5.7.1.3 qcStatements
1.3.6.1.5.5.7.1.4 ac-auditEntity
1.3.6.1.5.5.7.1.5 ac-targeting
1.3.6.1.5.5.7.1.6 aaControls
1.3.6.1.5.5.7.1.7 sbgp-ipAddrBlock
1.3.6.1.5.5.7.1.8 sbgp-autonomousSysNum
1.3.6.1.5.5.7.1.9 sbgp-routerIdentifier
1.3.6.1.5.5.7.1.10 ac-proxying
1.3.6.1.5.5.7.1.11 Subject Information Access | subjectInfoAccess
1.3.6.1.5.5.7.1.14 Proxy Certificate Information | proxyCertInfo
1.3.6.1.5.5.7.1.24 TLS Feature | tlsfeature
1.3.6.1.5.5.7.1.28 sbgp-ipAddrBlockv2
1.3.6.1.5.5.7.1.29 sbgp-autonomousSysNumv2
1.3.6.1.5.5.7.2.1 Policy Qualifier CPS | id-qt-cps
1.3.6.1.5.5.7.2.2 Policy Qualifier User Notice | id-qt-unotice
1.3.6.1.5.5.7.2.3 textNotice
1.3.6.1.5.5.7.3.1 TLS Web Server Authentication | serverAuth
1.3.6.1.5.5.7.3.2 TLS Web Client Authentication | clientAuth
1.3.6.1.5.5.7.3.3 Code Signing | codeSigning
1.3.6.1.5.5.7.3.4 E-mail Protection | emailProtection
1.3.6.1.5.5.7.3.5 IPSec End System | ipsecEndSystem
1.3.6.1.5.5.7.3.6 IPSec Tunnel | ipsecTunnel
1.3.6.1.5.5.7.3.7 IPSec User | ipsecUser
1.3.6.1.5.5.7.3.8 Time Stamping | timeStamping
1.3.6.1.5.5.7.3.9 OCSP Signing | OCSPSigning
1.3.6.1.5.5.7.3.10 dvcs | DVCS
1.3.6.1.5.5.7.3.17 ipsec Internet Key Exchange | ipsecIKE
1.3.6.1.5.5.7.3.18 Ctrl/provision WAP Access | capwapAC
1.3.6.1.5.5.7.3.19 Ctrl/Provision WAP Termination | capwapWTP
1.3.6.1.5.5.7.3.21 SSH Client | secureShellClient
1.3.6.1.5.5.7.3.22 SSH Server | secureShellServer
1.3.6.1.5.5.7.3.23 Send Router | sendRouter
1.3.6.1.5.5.7.3.24 Send Proxied Router | sendProxiedRouter
1.3.6.1.5.5.7.3.25 Send Owner | sendOwner
1.3.6.1.5.5.7.3.26 Send Proxied Owner | sendProxiedOwner
1.3.6.1.5.5.7.3.27 CMC Certificate Authority | cmcCA
1.3.6.1.5.5.7.3.28 CMC Registration Authority | cmcRA
1.3.6.1.5.5.7.3.29 CMC Archive Server | cmcArchive
1.3.6.1.5.5.7.3.30 BGPsec Router | id-kp-bgpsec-router
1.3.6.1.5.5.7.3.31 Brand Indicator for Message Identification | id-kp-BrandIndicatorforMessageIdentification
1.3.6.1.5.5.7.3.32 Certificate Management Key Generation Authority | cmKGA
1.3.6.1.5.5.7.9.1 id-pda-dateOfBirth
1.3.6.1.5.5.7.9.2 id-pda-placeOfBirth
1.3.6.1.5.5.7.9.3 id-pda-gender
1.3.6.1.5.5.7.9.4 id-pda-countryOfCitizenship
1.3.6.1.5.5.7.9.5 id-pda-countryOfResidence
1.3.6.1.5.5.7.10.1 id-aca-authenticationInfo
1.3.6.1.5.5.7.10.2 id-aca-accessIdentity
1.3.6.1.5.5.7.10.3 id-aca-chargingIdentity
1.3.6.1.5.5.7.10.4 id-aca-group
1.3.6.1.5.5.7.10.5 id-aca-role
1.3.6.1.5.5.7.10.6 id-aca-encAttrs
1.3.6.1.5.5.7.11.1 id-qcs-pkixQCSyntax-v1
1.3.6.1.5.5.7.21.0 Any language | id-ppl-anyLanguage
1.3.6.1.5.5.7.21.1 Inherit all | id-ppl-inheritAll
1.3.6.1.5.5.7.21.2 Independent | id-ppl-independent
1.3.6.1.5.5.7.48.1 OCSP
1.3.6.1.5.5.7.48.1.1 Basic OCSP Response | basicOCSPResponse
1.3.6.1.5.5.7.48.1.2 OCSP Nonce | Nonce
1.3.6.1.5.5.7.48.1.3 OCSP CRL ID | CrlID
1.3.6.1.5.5.7.48.1.4 Acceptable OCSP Responses | acceptableResponses
1.3.6.1.5.5.7.48.1.5 OCSP No Check | noCheck
1.3.6.1.5.5.7.48.1.6 OCSP Archive Cutoff | archiveCutoff
1.3.6.1.5.5.7.48.1.7 OCSP Service Locator | serviceLocator
1.3.6.1.5.5.7.48.1.8 Extended OCSP Status | extendedStatus
1.3.6.1.5.5.7.48.1.11 Trust Root | trustRoot
1.3.6.1.5.5.7.48.2 CA Issuers | caIssuers
1.3.6.1.5.5.7.48.3 AD Time Stamping | ad_timestamping
1.3.6.1.5.5.7.48.4 ad dvcs | AD_DVCS
1.3.6.1.5.5.7.48.5 CA Repository | caRepository
1.3.6.1.5.5.7.48.10 RPKI Manifest | rpkiManifest
1.3.6.1.5.5.7.48.11 Signed Object | signedObject
1.3.6.1.5.5.7.48.13 RPKI Notify | rpkiNotify
1.3.14.3.2.3 md5WithRSA | RSA-NP-MD5
1.3.14.3.2.11 rsaSignature
1.3.14.3.2.12 dsaEncryption-old | DSA-old
1.3.14.3.2.13 dsaWithSHA | DSA-SHA
1.3.14.3.2.15 shaWithRSAEncryption | RSA-SHA
1.3.14.3.2.18 sha | SHA
1.3.14.3.2.26 sha1 | SHA1
1.3.14.3.2.27 dsaWithSHA1-old | DSA-SHA1-old
1.3.14.3.2.29 sha1WithRSA | RSA-SHA1-2
1.3.36.3.3.1.2 ripemd160WithRSA | RSA-RIPEMD160
1.3.36.8.3.3 Professional Information or basis for Admission | x509ExtAdmission
1.3.101.1.4.1 Strong Extranet ID | SXNetID
1.3.101.110 X25519
1.3.101.111 X448
1.3.101.112 ED25519
1.3.101.113 ED448
2.5.4.3 commonName | CN
2.5.4.4 surname | SN
2.5.4.5 serialNumber
2.5.4.6 countryName | C
2.5.4.7 localityName | L
2.5.4.8 stateOrProvinceName | ST
2.5.4.9 streetAddress | street
2.5.4.10 organizationName | O
2.5.4.11 organizationalUnitName | OU
2.5.4.12 title
2.5.4.13 description
2.5.4.14 searchGuide
2.5.4.15 businessCategory
2.5.4.16 postalAddress
2.5.4.17 postalCode
2.5.4.18 postOfficeBox
2.5.4.19 physicalDeliveryOfficeName
2.5.4.20 telephoneNumber
2.5.4.21 telexNumber
2.5.4.22 teletexTerminalIdentifier
2.5.4.23 facsimileTelephoneNumber
2.5.4.24 x121Address
2.5.4.25 internationaliSDNNumber
2.5.4.26 registeredAddress
2.5.4.27 destinationIndicator
2.5.4.28 preferredDeliveryMethod
2.5.4.29 presentationAddress
2.5.4.30 supportedApplicationContext
2.5.4.31 member
2.5.4.32 owner
2.5.4.33 roleOccupant
2.5.4.34 seeAlso
2.5.4.35 userPassword
2.5.4.36 userCertificate
2.5.4.37 cACertificate
2.5.4.38 authorityRevocationList
2.5.4.39 certificateRevocationList
2.5.4.40 crossCertificatePair
2.5.4.41 name
2.5.4.42 givenName | GN
2.5.4.43 initials
2.5.4.44 generationQualifier
2.5.4.45 x500UniqueIdentifier
2.5.4.46 dnQualifier
2.5.4.47 enhancedSearchGuide
2.5.4.48 protocolInformation
2.5.4.49 distinguishedName
2.5.4.50 uniqueMember
2.5.4.51 houseIdentifier
2.5.4.52 supportedAlgorithms
2.5.4.53 deltaRevocationList
2.5.4.54 dmdName
2.5.4.65 pseudonym
2.5.4.72 role
2.5.4.97 organizationIdentifier
2.5.4.98 countryCode3c | c3
2.5.4.99 countryCode3n | n3
2.5.4.100 dnsName
2.5.8.1.1 rsa | RSA
2.5.29.9 X509v3 Subject Directory Attributes | subjectDirectoryAttributes
2.5.29.14 X509v3 Subject Key Identifier | subjectKeyIdentifier
2.5.29.15 X509v3 Key Usage | keyUsage
2.5.29.16 X509v3 Private Key Usage Period | privateKeyUsagePeriod
2.5.29.17 X509v3 Subject Alternative Name | subjectAltName
2.5.29.18 X509v3 Issuer Alternative Name | issuerAltName
2.5.29.19 X509v3 Basic Constraints | basicConstraints
2.5.29.20 X509v3 CRL Number | crlNumber
2.5.29.21 X509v3 CRL Reason Code | CRLReason
2.5.29.23 Hold Instruction Code | holdInstructionCode
2.5.29.24 Invalidity Date | invalidityDate
2.5.29.27 X509v3 Delta CRL Indicator | deltaCRL
2.5.29.28 X509v3 Issuing Distribution Point | issuingDistributionPoint
2.5.29.29 X509v3 Certificate Issuer | certificateIssuer
2.5.29.30 X509v3 Name Constraints | nameConstraints
2.5.29.31 X509v3 CRL Distribution Points | crlDistributionPoints
2.5.29.32 X509v3 Certificate Policies | certificatePolicies
2.5.29.32.0 X509v3 Any Policy | anyPolicy
2.5.29.33 X509v3 Policy Mappings | policyMappings
2.5.29.35 X509v3 Authority Key Identifier | authorityKeyIdentifier
2.5.29.36 X509v3 Policy Constraints | policyConstraints
2.5.29.37 X509v3 Extended Key Usage | extendedKeyUsage
2.5.29.37.0 Any Extended Key Usage | anyExtendedKeyUsage
2.5.29.46 X509v3 Freshest CRL | freshestCRL
2.5.29.54 X509v3 Inhibit Any Policy | inhibitAnyPolicy
2.5.29.55 X509v3 AC Targeting | targetInformation
2.5.29.56 X509v3 No Revocation Available | noRevAvail
2.16.840.1.101.3.4.2.1 sha256 | SHA256
2.16.840.1.101.3.4.2.2 sha384 | SHA384
2.16.840.1.101.3.4.2.3 sha512 | SHA512
2.16.840.1.101.3.4.2.4 sha224 | SHA224
2.16.840.1.101.3.4.2.5 sha512-224 | SHA512-224
2.16.840.1.101.3.4.2.6 sha512-256 | SHA512-256
2.16.840.1.101.3.4.2.7 sha3-224 | SHA3-224
2.16.840.1.101.3.4.2.8 sha3-256 | SHA3-256
2.16.840.1.101.3.4.2.9 sha3-384 | SHA3-384
2.16.840.1.101.3.4.2.10 sha3-512 | SHA3-512
2.16.840.1.101.3.4.2.11 shake128 | SHAKE128
2.16.840.1.101.3.4.2.12 shake256 | SHAKE256
2.16.840.1.101.3.4.2.13 hmac-sha3-224 | id-hmacWithSHA3-224
2.16.840.1.101.3.4.2.14 hmac-sha3-256 | id-hmacWithSHA3-256
2.16.840.1.101.3.4.2.15 hmac-sha3-384 | id-hmacWithSHA3-384
2.16.840.1.101.3.4.2.16 hmac-sha3-512 | id-hmacWithSHA3-512
2.16.840.1.101.3.4.2.19 kmac128 | KMAC128
2.16.840.1.101.3.4.2.20 kmac256 | KMAC256
2.16.840.1.101.3.4.3.1 dsa_with_SHA224
2.16.840.1.101.3.4.3.2 dsa_with_SHA256
2.16.840.1.101.3.4.3.3 dsa_with_SHA384 | id-dsa-with-sha384
2.16.840.1.101.3.4.3.4 dsa_with_SHA512 | id-dsa-with-sha512
2.16.840.1.101.3.4.3.5 dsa_with_SHA3-224 | id-dsa-with-sha3-224
2.16.840.1.101.3.4.3.6 dsa_with_SHA3-256 | id-dsa-with-sha3-256
2.16.840.1.101.3.4.3.7 dsa_with_SHA3-384 | id-dsa-with-sha3-384
2.16.840.1.101.3.4.3.8 dsa_with_SHA3-512 | id-dsa-with-sha3-512
2.16.840.1.101.3.4.3.9 ecdsa_with_SHA3-224 | id-ecdsa-with-sha3-224
2.16.840.1.101.3.4.3.10 ecdsa_with_SHA3-256 | id-ecdsa-with-sha3-256
2.16.840.1.101.3.4.3.11 ecdsa_with_SHA3-384 | id-ecdsa-with-sha3-384
2.16.840.1.101.3.4.3.12 ecdsa_with_SHA3-512 | id-ecdsa-with-sha3-512
2.16.840.1.101.3.4.3.13 RSA-SHA3-224 | id-rsassa-pkcs1-v1_5-with-sha3-224
2.16.840.1.101.3.4.3.14 RSA-SHA3-256 | id-rsassa-pkcs1-v1_5-with-sha3-256
2.16.840.1.101.3.4.3.15 RSA-SHA3-384 | id-rsassa-pkcs1-v1_5-with-sha3-384
2.16.840.1.101.3.4.3.16 RSA-SHA3-512 | id-rsassa-pkcs1-v1_5-with-sha3-512
2.16.840.1.113730.1 Netscape Certificate Extension | nsCertExt
2.16.840.1.113730.1.1 Netscape Cert Type | nsCertType
2.16.840.1.113730.1.2 Netscape Base Url | nsBaseUrl
2.16.840.1.113730.1.3 Netscape Revocation Url | nsRevocationUrl
2.16.840.1.113730.1.4 Netscape CA Revocation Url | nsCaRevocationUrl
2.16.840.1.113730.1.7 Netscape Renewal Url | nsRenewalUrl
2.16.840.1.113730.1.8 Netscape CA Policy Url | nsCaPolicyUrl
2.16.840.1.113730.1.12 Netscape SSL Server Name | nsSslServerName
2.16.840.1.113730.1.13 Netscape Comment | nsComment
2.16.840.1.113730.2 Netscape Data Type | nsDataType
2.16.840.1.113730.2.5 Netscape Certificate Sequence | nsCertSequence
2.16.840.1.113730.4.1 Netscape Server Gated Crypto | nsSGC
"""


@cache
def names() -> dict[str, tuple[str, str]]:
    """Dotted object identifier to long and short name. The table is read when first asked for."""
    table = {}
    for line in _TABLE.splitlines():
        oid, _, name = line.partition(" ")
        long, _, short = name.partition(" | ")
        table[oid] = (long, short or long)
    return table


def long_name(oid: str) -> str | None:
    """OpenSSL's long name (``commonName``), or None."""
    found = names().get(oid)
    return found and found[0]


def of_name(name: str) -> str | None:
    """The object identifier that has the name as its long name, or else as its short one."""
    for which in (0, 1):
        for oid, both in names().items():
            if both[which] == name:
                return oid
    return None


def short_name(oid: str) -> str | None:
    """OpenSSL's short name (``CN``), or None."""
    found = names().get(oid)
    return found and found[1]
