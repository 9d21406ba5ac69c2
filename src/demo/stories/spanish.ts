export const spanish = `
= paquete-tarde | es | orders | email chat | weight 3
subject: [[¿Dónde está el pedido {order}?|Paquete {order} sin llegar]]
let pieza = la funda de lluvia | el portabultos | las alforjas | el cojín
> [[Buenos días:|Hola:]]

pedí {pieza} el {date-9} (pedido {order}) y se anunciaban tres días laborables. [[El seguimiento no se mueve desde hace una semana.|No ha llegado nada.]] ¿Saben dónde está?

[[Gracias|Un saludo]], {name}
< Hola {first}, gracias por escribir y perdón por la espera. El transportista lo extravió; hoy he enviado otro y lo tendrá el {weekday+2}.

Un saludo, {agent}
@tag paquete
+ 2d
> [[Ya está aquí, muchas gracias.|Ha llegado hoy, gracias por la rapidez.]]
@resolved

= cobro-doble | es | billing | email chat
subject: Cobro doble, pedido {order}
@file receipt
> Me han cobrado dos veces {eur:120-480} € por el pedido {order}. Adjunto el extracto. Por favor devuelvan uno.
@tag reembolso
< Hola {first}, es cierto: el primer pago caducó en nuestro lado y aun así se cobró. Devuelto hoy, referencia {code}.

{agent}
+ 3d
> Recibido, gracias.
@resolved

= ruido-motor | es | workshop | email chat | weight 2
subject: Ruido en el motor
> Desde hace unos días el motor de mi {bike} hace ruido en las cuestas, con los niños en la caja. ¿Es peligroso? [[Tengo dos hijos y lo uso cada día.|Tiene 2.100 km.]]
< Hola {first}, peligroso no, pero conviene mirarlo: suele ser el protector de la cadena. Su taller asociado en {city} tiene hueco el {weekday+2} a las 9:30.

{agent}, taller
> El {weekday+2} a las 9:30, perfecto.
+ 3d
< Era el protector, {first}. Apretado y probado, sin coste.
> ¡Sois estupendos, muchas gracias!
@tag servicio
@resolved

= bateria | es | workshop | email chat
subject: La batería dura la mitad
> La batería de mi {bike} ya solo hace 25 km en lugar de 60, y no tiene ni dos años. Trabajo como enfermera y vuelvo de noche.
@tag bateria
< Hola {first}, eso no es normal. Llévela a probar (40 minutos); por debajo del 70 % en dos años la cambiamos.

{agent}
+ 5d
> Han medido 61 %. ¿Y ahora?
< Entonces es garantía, {first}. La batería está pedida; le escribo como muy tarde el {weekday+7}.
@snooze 6

= talla | es | orders | chat email | weight 2
subject: ¿Me sirve el {bike}?
> Mido 1,60 m. ¿Me sirve el {bike}? Vivo en {city} y no puedo ir a probarlo a Gante.
< Hola {first}: desde 1,50 m sin problema. En {city} hay una clienta que lo enseña; ¿le paso el contacto?
> ¡Qué buena idea! Sí, por favor.
@tag consejo
@resolved

= devolucion | es | orders | email chat
subject: Devolver el pedido {order}
> El casco del pedido {order} me queda pequeño. ¿Puedo cambiarlo por uno más grande?
< Claro, {first}. La etiqueta va adjunta; la talla L sale en cuanto llegue el otro.

{agent}
@tag devolucion
+ 6d
> [[Ya tengo la L, perfecta. Gracias.|Lo envié el {date-5}, ¿ha llegado?]]

= enfado | es | orders | email | weight 2
subject: Tercera vez que escribo, pedido {order}
> Es la tercera vez que pregunto por el pedido {order} y nadie contesta. Estoy muy enfadado. Prometieron el {date-8} que saldría esa semana. O me dicen algo hoy o lo cancelo.
@priority high
! Se quedó sin etiqueta en el almacén. Sale hoy con mensajero.
< {first}, tiene razón y lo siento: prometido y no cumplido. Sale hoy con mensajero y le devolvemos los 9,90 € del envío. Le confirmo la entrega mañana.

{agent}

= factura-es | es | billing | email
subject: Factura {invoice} con datos de empresa
> Necesito la factura {invoice} a nombre de la cooperativa, con el NIF. Gracias.
@file invoice
< Aquí está corregida, {first}; la anterior queda anulada.
> Perfecto.
@resolved

= elogio | es | workshop | chat email
subject: Gracias
> Solo quería decir que el trato de Ana fue excelente. Da gusto.
< Se lo digo ahora mismo, {first}. ¡Gracias por contarlo!
@tag elogio
@resolved

= invierno-es | es | workshop | chat
subject: Frío
> ¿Puedo dejar la batería en el balcón en invierno? Aquí no baja de cero casi nunca.
< Mejor dentro, {first}, por encima de 5 °C. Con el frío de un trayecto no pasa nada.
@resolved
`;
