#!/usr/bin/env bash
# Makes the throw-away certificates of a recording in the current directory: root -> intermediate -> leaves. Keys never leave it.
set -euo pipefail

cat > x509.cnf <<'CNF'
[req]
distinguished_name = name
prompt = no
[name]
[ca]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[leaf]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature, keyEncipherment
extendedKeyUsage = serverAuth, clientAuth
subjectKeyIdentifier = hash
subjectAltName = DNS:www.example.test, DNS:*.api.example.test, IP:10.77.0.2, IP:fd00:77::2
[client]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = clientAuth
subjectAltName = email:alice@example.test
CNF

# certificate NAME SECTION SUBJECT ISSUER KEY-OPTIONS...    ISSUER "-": self-signed
certificate() {
    local name=$1 section=$2 subject=$3 issuer=$4
    shift 4
    local signer=()
    [ "$issuer" = - ] || signer=(-CA "$issuer.pem" -CAkey "$issuer.key")
    openssl req -x509 -config x509.cnf -extensions "$section" -subj "$subject" -days 3650 -sha256 -nodes \
        "$@" "${signer[@]}" -keyout "$name.key" -out "$name.pem" 2>> make-keys.log
}

company="/C=DE/ST=Bavaria/L=Munich/O=Example Test GmbH"
certificate root ca "/C=DE/O=Example Test GmbH/OU=Trust/CN=Example Test Root" - -newkey rsa:2048
certificate intermediate ca "/C=DE/O=Example Test GmbH/CN=Example Test Issuing CA" root -newkey rsa:2048
certificate leaf leaf "$company/OU=Web/CN=www.example.test" intermediate -newkey rsa:2048
certificate p384 leaf "$company/CN=p384.example.test" intermediate -newkey ec -pkeyopt ec_paramgen_curve:secp384r1
certificate p256 leaf "$company/CN=p256.example.test" intermediate -newkey ec -pkeyopt ec_paramgen_curve:prime256v1
certificate ed25519 leaf "$company/CN=ed25519.example.test" intermediate -newkey ed25519
certificate rsapss leaf "$company/CN=rsapss.example.test" intermediate -newkey rsa-pss -pkeyopt rsa_keygen_bits:2048
certificate client client "$company/CN=Alice/emailAddress=alice@example.test" intermediate -newkey rsa:2048

# One that ended in 2020: only `openssl ca` takes both dates.
openssl req -new -config x509.cnf -subj "$company/CN=expired.example.test" -newkey rsa:2048 -nodes \
    -keyout expired.key -out expired.csr 2>> make-keys.log
: > database && mkdir -p issued
cat > ca.cnf <<'CNF'
[ca]
default_ca = issuing
[issuing]
new_certs_dir = issued
database = database
rand_serial = yes
policy = any
[any]
countryName = supplied
stateOrProvinceName = supplied
localityName = supplied
organizationName = supplied
commonName = supplied
CNF
openssl ca -batch -notext -config ca.cnf -extfile x509.cnf -extensions leaf -cert intermediate.pem -keyfile intermediate.key -md sha256 \
    -in expired.csr -startdate 20190101000000Z -enddate 20200101000000Z -out expired.pem 2>> make-keys.log

cat leaf.pem intermediate.pem root.pem > chain.pem
cat intermediate.pem root.pem > ca.pem

# A signed answer "good" for the stapling server.
printf 'V\t360101000000Z\t\t%s\tunknown\t/CN=www.example.test\n' "$(openssl x509 -in leaf.pem -noout -serial | cut -d= -f2)" > ocsp.index
openssl ocsp -issuer intermediate.pem -cert leaf.pem -reqout ocsp.request 2>> make-keys.log
openssl ocsp -index ocsp.index -rsigner intermediate.pem -rkey intermediate.key -CA intermediate.pem -reqin ocsp.request \
    -respout ocsp.response -ndays 7 >> make-keys.log 2>&1

# The same in the shapes that Java and NSS want.
openssl pkcs12 -export -inkey leaf.key -in chain.pem -name server -passout pass:secret -out server.p12
openssl pkcs12 -export -inkey client.key -in client.pem -certfile ca.pem -name client -passout pass:secret -out client.p12
openssl pkcs12 -export -inkey p256.key -in p256.pem -certfile ca.pem -name p256 -passout pass:secret -out p256.p12
keytool -importcert -noprompt -alias root -file root.pem -keystore trust.p12 -storetype PKCS12 -storepass secret 2>> make-keys.log
mkdir -p nss && printf '\n' > nss/password
certutil -N -d sql:nss -f nss/password --empty-password
certutil -A -d sql:nss -n root -t "CT,C,C" -a -i root.pem
certutil -A -d sql:nss -n intermediate -t ",," -a -i intermediate.pem
for name in server client p256; do pk12util -i $name.p12 -d sql:nss -W secret -K '' >> make-keys.log; done
