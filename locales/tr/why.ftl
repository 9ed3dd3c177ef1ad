button-why = Kod neden gelmiyor?
button-take-next = Yasakla, sıradakini al
why-title = <b>Kod neden gelmiyor?</b>
why-ready = <b>{ $provider } henüz beklemiyor.</b> Serviste SMS’i isteyin, sonra <b>SMS gönderildi</b> düğmesine basın.
why-requested = <b>SMS istendi mi?</b> Numarayı ülke koduyla servise girin ve kodu yeniden göndermesini isteyin.
why-app = <b>{ $service } kodu uygulamaya mı gönderiyor?</b> Numarada zaten hesap varsa kod çoğu zaman SMS yerine uygulamaya gelir. O zaman başka bir numara alın.
why-dead = <b>Numara çalışmıyor mu?</b> Servis onu kabul etmiyorsa veya ikinci denemede de bir şey gelmediyse numarayı yasaklayıp sıradakini alın.
why-money = SMS gelmeden iade edilen numaranın ücreti geri döner. SMS hiç gelmezse ücret sürenin sonunda kendiliğinden döner.
