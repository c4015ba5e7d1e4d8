filedesc://example.arc 0.0.0.0 20060216100000 text/plain 68
1 0 Example
URL IP-address Archive-date Content-type Archive-length

http://news.example/1 192.0.2.1 20060216100000 text/html 163
<html><head><title>Harbour reopens</title></head><body><h1>Harbour reopens</h1><p>The harbour in the north opens again after two weeks of storms.</p></body></html>
http://news.example/a b 192.0.2.1 20060216100000 text/html 163
<html><head><title>Harbour reopens</title></head><body><h1>Harbour reopens</h1><p>The harbour in the north opens again after two weeks of storms.</p></body></html>
