export const french = `
= colis-retard | fr | orders | email chat | weight 3
subject: [[Où est ma commande {order} ?|Colis {order} non reçu]]
let piece = la housse de pluie | le porte-bagages | les sacoches | le coussin du siège
> Bonjour,

j'ai commandé {piece} le {date-9} (commande {order}), trois jours ouvrés étaient annoncés. [[Le suivi n'avance plus depuis une semaine.|Je n'ai rien reçu.]] Pouvez-vous me dire où est le colis ?

[[Merci d'avance|Cordialement]], {name}
< Bonjour {first}, merci de votre message, et pardon pour l'attente. Le transporteur a égaré le colis ; j'en ai renvoyé un aujourd'hui, il sera chez vous {weekday+2}.

Bien à vous, {agent}
@tag colis
+ 2d
> [[Bien arrivé, merci pour votre efficacité !|Reçu ce matin. Merci {agent}.]]
@resolved

= facture-corrigee | fr | billing | email | weight 2
subject: Facture {invoice}
> Bonjour, la facture {invoice} est à mon nom et non à celui de l'association. Il me la faut avec le bon nom pour notre comptable.
@file invoice
< Bonjour {first}, voici la facture corrigée, l'ancienne est annulée.

{agent}
> Merci, c'est corrigé. Le montant sera viré demain.
@resolved

= double-prelevement | fr | billing | email chat
subject: Prélevée deux fois
@file receipt
> J'ai été débité deux fois de {eur:120-480} € pour la commande {order}. Le relevé est joint. Merci de rembourser l'un des deux.
@tag remboursement
< Bonjour {first}, en effet : le premier paiement avait expiré chez nous et a quand même été encaissé. Remboursé aujourd'hui, référence {code}.

{agent}
+ 3d
> C'est bon, merci.
@resolved

= remboursement-attendu | fr | billing | email | weight 2
subject: Toujours pas remboursé, commande {order}
> J'ai renvoyé le casque le {date-20}. Vous avez écrit le {date-14} que le remboursement de {eur:49-119} € était parti. Rien. Je suis très déçue de ce service.
< Bonjour {first}, toutes mes excuses : le virement nous est revenu. Il repart aujourd'hui, vous l'aurez d'ici {weekday+3}.

{agent}
@tag remboursement

= bruit-moteur | fr | workshop | email chat | weight 2
subject: Bruit du moteur
> Depuis quelques jours, le moteur de mon {bike} fait un bruit dans les montées, avec les enfants dans la caisse. C'est dangereux ? [[J'ai deux enfants et je roule tous les jours.|Il a 2 300 km.]]
< Bonjour {first}, rien de dangereux, mais venez le montrer : souvent c'est le carter de chaîne. {weekday+2} à 9 h 30 ?

{agent}, atelier
> {weekday+2} à 9 h 30, parfait.
+ 3d
! Carter desserré, dix minutes, offert.
< C'était le carter, {first}. Resserré et essayé, rien à payer.
> Merci, vous êtes formidables !
@tag service
@resolved

= batterie-faible | fr | workshop | email chat
subject: Batterie de mon {bike}
> La batterie de mon {bike} ne tient plus que 25 km au lieu de 60, elle n'a pas deux ans. Est-ce normal ?
@tag batterie
< Bonjour {first}, non. Le froid coûte un cinquième, pas la moitié. Passez pour un test (40 minutes) ; sous 70 % avant deux ans, nous la remplaçons.

{agent}
+ 5d
> Le test a donné 62 %. Et maintenant ?
< Alors c'est la garantie, {first}. La batterie est commandée, je vous écris au plus tard {weekday+7}.
@snooze 6

= essai | fr | orders | chat email | weight 2
subject: Essayer le {bike}
let question, reponse = Je mesure 1,60 m, est-ce possible ? // À partir de 1,50 m, sans souci. | Nous viendrons à deux avec le petit, c'est possible ? // Bien sûr, il y a un siège et un casque.
> Bonjour, peut-on essayer le {bike} à Gand ? {question}
< Bonjour {first} ! Oui, {weekday+3} à 15 h. {reponse}
> C'est noté pour {weekday+3}, merci !
@tag conseil
@resolved

= retour-fr | fr | orders | email chat
subject: Retour de la commande {order}
> Bonjour, [[la selle|le casque|la veste]] de la commande {order} ne me convient pas. Comment faire pour la renvoyer ?
< Bonjour {first}, vous avez 30 jours. L'étiquette est jointe ; le remboursement suit cinq jours après l'arrivée.

{agent}
@tag retour
+ 6d
> Le colis vous est parvenu mardi d'après la poste. Quand serai-je remboursé ?
< Arrivé ce matin, {first} : {eur:39-89} € sont partis aujourd'hui.
> Parfait, merci beaucoup.
@resolved

= livraison-casse | fr | orders | email | weight 2
subject: Vélo livré abîmé, commande {order}
@file crack
> Le {bike} est arrivé ce midi avec la caisse fendue, photo jointe. Le livreur était déjà reparti. À ce prix, c'est inacceptable.
@tag dommage
@team workshop
@priority high
< Bonjour {first}, un vélo neuf n'a pas à arriver ainsi, je suis désolé. Nous changeons la caisse chez vous : {weekday+4} entre neuf heures et midi ?

{agent}
> D'accord pour {weekday+4}.
+ 4d
> La caisse est changée. Merci d'être venus jusqu'ici.
@resolved

= velo-ecole | fr | orders | email
subject: Trois vélos pour une école
> Bonjour, notre école à {city} cherche trois {bike} pour aller à la piscine avec les petits. Faites-vous un prix pour les associations ?
@priority high
< Bonjour {first}, oui : 8 % pour les écoles, et la première révision sur place. Le devis part {weekday+2}.

{agent}
+ 2d
@file invoice
< Voici le devis, valable 30 jours.
> Merci, le conseil d'administration se réunit le {date+9}. Je vous tiens au courant.
@snooze 5

= code-cadeau | fr | orders | chat
subject: Carte cadeau
> Ma carte cadeau VELO-{code} est refusée, « code inconnu ».
< Bonjour {first}, il manquait un chiffre chez nous. Elle fonctionne maintenant.
> Ça marche, merci !
@resolved

= sans-reponse-fr | fr | orders | email
subject: Deuxième message, commande {order}
> Bonjour, mon message du {date-6} est resté sans réponse. Je veux simplement savoir si le {bike} arrive avant le {date+12}.

= velo-merci | fr | workshop | email chat
subject: Merci
> Un petit mot pour remercier l'atelier : le {bike} roule comme au premier jour. Service excellent.
< C'est affiché à l'atelier, {first}. Merci à vous !
@tag merci
@resolved
`;
