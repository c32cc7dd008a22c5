package io.roombridge.files;

import java.util.Set;

/** Which extensions are what. Lower case, without a dot. */
final class Extensions {

    /** Whatever runs, or makes something run, on a machine that opens it. They travel under no policy. */
    static final Set<String> PROGRAMS = Set.of(
            ("ade adp app appx appxbundle asp aspx bas bat bin chm cmd com cpl crt csh dll dmg exe fxp gadget hlp hta htm"
                            + " html ica inf ins iso isp jar jnlp js jse jsp ksh lib lnk mad maf mam mda mdb mde mdt mdw mdz"
                            + " msc msh msh1 msh2 mshxml msi msix msp mst ops osd pcd php pif pl plg prf prg ps1 ps1xml ps2"
                            + " ps2xml psc1 psc2 psm1 pst py pyc rb reg scf scr sct sh shb shs svg swf sys theme tmp url vb"
                            + " vbe vbp vbs vhd vhdx vsmacros vsw webpnp website ws wsc wsf wsh xbap xhtml xll xnk xsl")
                    .split(" "));

    /** Pictures, clips and documents that people send each other. */
    static final Set<String> DOCUMENTS_AND_IMAGES = Set.of(
            ("png jpg jpeg jfif gif bmp tif tiff webp heic heif mp4 m4v mov webm avi mkv mp3 m4a wav ogg pdf txt md csv tsv"
                            + " rtf doc docx xls xlsx ppt pptx odt ods odp vsdx one msg eml json xml yaml yml")
                    .split(" "));

    /** What a device's diagnosis leaves. It may hold names, addresses and hosts. */
    static final Set<String> LOGS = Set.of("zip 7z gz tgz tar rar cab log evtx etl dmp har pcap pcapng".split(" "));

    private Extensions() {}
}
