#!/bin/bash
# Makes a Debian package of a folder that `make install` filled: deb.sh FOLDER PACKAGE. VERSION and
# ARCH are in the environment.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$1
package=$2

rm -f "$root"/usr/share/lamina/installed.txt
documents=$root/usr/share/doc/lamina
rm -f "$documents/LICENSE" "$documents/NOTICE"
{
  cat NOTICE
  printf '\nLamina is under the Apache License 2.0; Debian has it in\n'
  printf '/usr/share/common-licenses/Apache-2.0.\n'
} >"$documents/copyright"
gzip -9nc CHANGELOG.md >"$documents/changelog.gz"
gzip -9nc >"$documents/changelog.Debian.gz" <<CHANGELOG
lamina ($VERSION-1) unstable; urgency=low

  * What is new: changelog.gz.

 -- The Lamina developers <lamina@localhost.localdomain>  $(date -R -u -r CHANGELOG.md)
CHANGELOG
find "$root/usr/share/man" -name '*.1' -exec gzip -9nf {} +
find "$root/usr" -type d -exec chmod 755 {} +

# What the library needs, by the packages that are here.
mkdir -p "$root/DEBIAN"
depends='libc6, libpng16-16, zlib1g'
if command -v dpkg-shlibdeps >/dev/null; then
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  mkdir "$work/debian"
  touch "$work/debian/control"
  binaries=("$(realpath "$(find "$root/usr/lib" -name 'liblamina.so.*.*')")"
    "$(realpath "$root/usr/bin/png-classify")")
  found=$(cd "$work" && dpkg-shlibdeps -O --ignore-missing-info "${binaries[@]}" 2>/dev/null) || found=
  depends=${found#shlibs:Depends=}
  depends=${depends:-libc6, libpng16-16, zlib1g}
fi
cat >"$root/DEBIAN/control" <<CONTROL
Package: lamina
Version: $VERSION-1
Architecture: $ARCH
Maintainer: The Lamina developers <lamina@localhost.localdomain>
Section: libdevel
Priority: optional
Depends: $depends
Suggests: libpng-dev, zlib1g-dev
Installed-Size: $(du -sk --exclude=DEBIAN "$root" | cut -f 1)
Description: small neural-network library that classifies PNG digits
 Lamina trains and runs small neural networks with Keras's meaning, and reads
 digits in PNG pictures. This package has the library, its headers for C and
 C++, the command png-classify and examples.
CONTROL
printf 'liblamina %s lamina\n' "${VERSION%%.*}" >"$root/DEBIAN/shlibs"
printf 'activate-noawait ldconfig\n' >"$root/DEBIAN/triggers"
(cd "$root" && find usr -type f -print0 | sort -z | xargs -0 md5sum) >"$root/DEBIAN/md5sums"
dpkg-deb --root-owner-group -Zxz --build "$root" "$package"
